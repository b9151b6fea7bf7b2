import { expect, test } from 'vitest'
import { choiceRule, headerRule, type Rule, statusRule, timeRule } from './rule.ts'

test.each<[string, Rule, readonly string[], readonly string[]]>([
  [
    'a status',
    statusRule,
    ['200', '404', '599'],
    ['101', '199', '204', '205', '304', '600', '-500', '500.5', '5e2', '0200', 'x', ''],
  ],
  ['a time', timeRule, ['0', '1.5', '1000'], ['-1', 'Infinity', 'NaN', 'soon', ' ', '']],
  [
    'a header',
    headerRule,
    ['0.5', 'Fri, 20 Nov 2026 12:20:00 GMT', '~'],
    ['', '1\n', 'a\u007f', '\u4e2da'],
  ],
  ['a choice', choiceRule, ['true', 'false'], ['yes', 'TRUE', '']],
])('%s is one that can be answered with', (_, { allows }, good, bad) => {
  expect(good.filter((value) => !allows(value))).toEqual([])
  expect(bad.filter(allows)).toEqual([])
})
