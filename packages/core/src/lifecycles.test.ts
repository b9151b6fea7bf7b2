import { expect, test } from 'vitest'
import { ofLifecycles } from './lifecycles.ts'
import type { Lifecycle } from './model.ts'

test.each<[Lifecycle[] | undefined, unknown[]]>([
  [undefined, [undefined, null, 'active', 'deprecated', 'paused', '__proto__']],
  [[], [undefined, null, 'active', 'deprecated', 'paused', '__proto__']],
  [['active'], [undefined, null, 'active']],
  [
    ['retired', 'deprecated', 'retired'],
    ['deprecated', 'retired'],
  ],
])('a list of %j shows these models', (wanted, shown) => {
  const known = [undefined, null, 'active', 'deprecated', 'retired', 'paused', '__proto__']
  const shows = ofLifecycles(wanted)
  expect(known.filter((lifecycle) => shows({ lifecycle }))).toEqual(shown)
})

test.each<unknown>([['active', 'paused'], Array(4).fill('active'), 'active', null, {}])(
  'a list of %j cannot be asked for',
  (wrong) => {
    expect(() => ofLifecycles(wrong as Lifecycle[])).toThrow(
      'lifecycle: expected up to three of active,deprecated,retired',
    )
  },
)
