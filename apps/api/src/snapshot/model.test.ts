import { expect, test } from 'vitest'
import { storedModel } from './model.ts'

test('a model keeps its text, and the fields that serving looks at', () => {
  const json = '{"line":"haiku", "id":"x\\ud800","lifecycle":"retired","retires_at":null}'
  // Half a surrogate pair fits no table.
  const fields = { id: 'x\ufffd', lifecycle: 'retired', deprecated_at: undefined, retires_at: null }
  expect(storedModel(json)).toEqual({ ...fields, json })
})

test.each(['null', '{}', '{"id":5}'])('%s is no model', (json) => {
  expect(() => storedModel(json)).toThrow('expected a model with an id')
})
