import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rawModels } from './raw-models.ts'

describe('the text of each model', () => {
  test('is what came, byte for byte: numbers, escapes and the order of keys', () => {
    const models = [
      String.raw`{"id":"a","n":1.0,"big":12345678901234567890,"2":0,"1":0,"e":"\u0041\/"}`,
      String.raw`{"id":"b","brackets":"]}{[\"","end":"\\","é":"…","nothing":{},"list":[[],{}]}`,
      `{"id":"c","id":"twice","__proto__":{"data":[{"id":"no model"}]}}`,
    ]
    const page = `{"data":[${models.join()}],"has_more":false,"first_id":"a","last_id":"c"}`
    expect(rawModels(page)).toEqual(models)
  })

  test('has no white space between its tokens, and what there is in its strings', () => {
    const page = `\n{ "data" :\t[ {\r\n "id" : "a b\tc" , "list": [ 1 , 2 ] } , {"id":"b  "} ] }\n`
    expect(rawModels(page)).toEqual(['{"id":"a b\tc","list":[1,2]}', '{"id":"b  "}'])
  })

  test('is found in data alone, wherever in the page that is', () => {
    const model = '{"id":"a","data":[{"id":"no model"}]}'
    const page = `{"more":{"data":[{"id":"b"}]},"note":"data","others":[{"id":"c"}],"data":[${model}],"x":[{}]}`
    expect(rawModels(page)).toEqual([model])
    expect(rawModels('{"data":[],"has_more":false}')).toEqual([])
    expect(rawModels('{"has_more":false}')).toEqual([])
  })

  test('is found in a page of two million characters with white space in it', () => {
    const text = '\\"x'.repeat(700_000)
    expect(rawModels(`{"data":[{ "id":"${text}" }]}`)).toEqual([`{"id":"${text}"}`])
  })
})

test('whatever JSON there is, it is what parsing finds, as text without spaces', () => {
  const keys = fc.oneof(fc.constantFrom('data', 'id', '"data"', '__proto__', '\\'), fc.string())
  const values = fc.jsonValue({ maxDepth: 3, stringUnit: 'grapheme' })
  const models = fc.array(fc.dictionary(keys, values), { maxLength: 4 })
  const others = fc.dictionary(
    fc.string().filter((key) => key !== 'data'),
    fc.oneof(values, fc.constant('data'), fc.constant([{ data: [{}] }])),
  )
  const spaces = fc.constantFrom(0, 1, '\t', '\n', ' \r ')
  fc.assert(
    fc.property(models, others, others, spaces, (data, before, after, space) => {
      const page = JSON.stringify({ ...before, data, ...after }, null, space)
      expect(rawModels(page)).toEqual(data.map((model) => JSON.stringify(model)))
    }),
  )
})
