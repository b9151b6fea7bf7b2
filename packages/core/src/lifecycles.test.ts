import { describe, expect, test } from 'vitest'
import { ofLifecycles } from './lifecycles.ts'
import type { Lifecycle } from './model.ts'

const known = [
  undefined,
  null,
  'active',
  'deprecated',
  'retired',
  'paused',
  '',
  '__proto__',
] as const

function shown(lifecycle?: readonly Lifecycle[]): readonly unknown[] {
  const shows = ofLifecycles(lifecycle)
  return known.filter((each) => shows({ lifecycle: each }))
}

describe('the models of a list', () => {
  const allButRetired = [undefined, null, 'active', 'deprecated', 'paused', '', '__proto__']

  test.each<[readonly Lifecycle[] | undefined, readonly unknown[]]>([
    [undefined, allButRetired],
    [[], allButRetired],
    [['active'], [undefined, null, 'active']],
    [['deprecated'], ['deprecated']],
    [
      ['retired', 'deprecated'],
      ['deprecated', 'retired'],
    ],
    [
      ['active', 'deprecated', 'retired'],
      [undefined, null, 'active', 'deprecated', 'retired'],
    ],
    [['retired', 'retired'], ['retired']],
  ])('of %j', (lifecycle, expected) => {
    expect(shown(lifecycle)).toEqual(expected)
  })

  test('count as active without the field', () => {
    expect(ofLifecycles(['active'])({})).toBe(true)
    expect(ofLifecycles(['deprecated'])({})).toBe(false)
    expect(ofLifecycles()({})).toBe(true)
  })

  test.each([
    [['paused']],
    [['constructor']],
    [['active', '']],
    [Array(4).fill('active')],
    ['active'],
    [''],
    [null],
    [{}],
  ])('of %j are none that can be asked for', (wrong) => {
    expect(() => ofLifecycles(wrong as Lifecycle[])).toThrow(
      expect.objectContaining({
        name: 'ApiError',
        status: 400,
        type: 'invalid_request_error',
        message: 'lifecycle: expected up to three of active,deprecated,retired',
      }),
    )
  })
})
