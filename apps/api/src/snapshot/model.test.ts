import { expect, test } from 'vitest'
import { storedModel } from './model.ts'

test('a model keeps its text, and the fields that serving looks at', () => {
  const json = '{"line":"haiku", "id":"x","lifecycle":"retired","retires_at":null}'
  expect(storedModel(json)).toEqual({
    id: 'x',
    lifecycle: 'retired',
    deprecated_at: undefined,
    retires_at: null,
    json,
  })
})

test.each(['null', '5', '[]', '{}', '{"id":5}', '{"id":"x"'])('%s is no model', (json) => {
  expect(() => storedModel(json)).toThrow()
})
