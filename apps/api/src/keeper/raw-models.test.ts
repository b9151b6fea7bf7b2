import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { rawModels } from './raw-models.ts'

function rawsOf(page: string): readonly string[] {
  return rawModels(page, (JSON.parse(page) as { data?: readonly object[] }).data ?? [])
}

test('the text of each model is what came, byte for byte: numbers, escapes, the order of keys', () => {
  const models = [
    String.raw`{"id":"a","n":1.0,"big":12345678901234567890,"2":0,"1":0,"e":"\u0041\/"}`,
    String.raw`{"id":"b","brackets":"]}{[\"","end":"\\","é":"…","nothing":{},"list":[[],{}]}`,
    `{"id":"c","id":"twice","__proto__":{"data":[{"id":"no model"}]}}`,
  ]
  const others = '"more":{"data":[{"id":"x"}]},"note":"data","others":[{"id":"y"}]'
  expect(rawsOf(`{${others},"data":[${models.join()}],"x":[{}]}`)).toEqual(models)
  expect(rawsOf('{"has_more":false}')).toEqual([])
})

test('it has no white space between its tokens, also where it is two million characters', () => {
  const text = '\\"x y\\t'.repeat(300_000)
  const page = `\n{ "data" :\t[ {\r\n "id" : "${text}" , "list": [ 1 , 2 ] } , {"id":"b  "} ] }\n`
  expect(rawsOf(page)).toEqual([`{"id":"${text}","list":[1,2]}`, '{"id":"b  "}'])
  for (const space of ' \t\n\r') {
    expect(rawsOf(`{"data":[{"id":${space}"a"}]}`)).toEqual(['{"id":"a"}'])
  }
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
      expect(rawsOf(page)).toEqual(data.map((model) => JSON.stringify(model)))
    }),
  )
})
