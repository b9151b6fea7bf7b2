import { expect, test } from 'vitest'
import { table } from './table.ts'

test('the first column lines up on the left, figures on the right', () => {
  expect(
    table(
      ['', 'per second'],
      [
        ['one', '9'],
        ['another one', '1,000'],
      ],
    ),
  ).toBe(`|             | per second |
| ----------- | ---------: |
| one         |          9 |
| another one |      1,000 |`)
})

test('a bar in a cell does not end it', () => {
  expect(table(['a|b'], [])).toBe('| a\\|b |\n| ---- |')
})

test('a row of another length is a mistake', () => {
  expect(() => table(['a', 'b'], [['c']])).toThrow('2 cells')
})
