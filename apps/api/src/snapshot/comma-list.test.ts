import { expect, test } from 'vitest'
import { commaList } from './comma-list.ts'

test.each([
  [undefined, []],
  ['', []],
  [' , ,', []],
  ['a', ['a']],
  [' a ,b c,\n', ['a', 'b c']],
])('%j has the parts %j', (text, parts) => {
  expect(commaList(text)).toEqual(parts)
})
