import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ComparedCapability, compareModels } from './comparison.ts'
import type { ModelInfo } from './model.ts'

const yes = { supported: true }
const no = { supported: false }

function modelWith(more: object = {}): ModelInfo {
  const created_at = '2026-01-01T00:00:00Z'
  return { type: 'model', id: 'a', display_name: 'A', created_at, ...more }
}

/** What becomes of a capability that is `from` in one model, and `to` in the other. */
function changeOf(from: unknown, to: unknown): ComparedCapability | undefined {
  const [one, other] = [from, to].map((it) => modelWith({ capabilities: { it } }))
  return compareModels(one!, other!).capabilities['it']
}

/** A capability in so many groups. */
function deep(groups: number): object {
  return JSON.parse(`${'{"a":'.repeat(groups)}{"supported":true}${'}'.repeat(groups)}`) as object
}

test('both models are named with their dates, and what the data does not tell is said', () => {
  const dates = { deprecated_at: '2026-02-01T00:00:00Z', retires_at: '2026-03-01T00:00:00Z' }
  const from = modelWith({ line: 'opus', lifecycle: 'deprecated', ...dates, extra: 1 })
  const told = compareModels(from, modelWith({ id: 'b' }))
  const { extra, type, ...known } = from as ModelInfo & { extra: number }
  expect([type, extra, told.type]).toEqual(['model', 1, 'comparison'])
  expect(told.from).toEqual(known)
  const nothing = { line: null, lifecycle: null, deprecated_at: null, retires_at: null }
  const { created_at, display_name } = from
  expect(told.to).toEqual({ id: 'b', created_at, display_name, ...nothing })
  const removed_at = '2026-04-01T00:00:00Z'
  const gone = compareModels({ ...from, removed_at }, { ...from, removed_at: null })
  expect([gone.from, gone.to]).toEqual([{ ...known, removed_at }, known])
  expect(told.capabilities).toEqual({})
  expect(told.not_told).toEqual([
    'prices',
    'temperature, top_p and top_k',
    'rate limits',
    'quality and speed',
  ])
})

test.each<[unknown, unknown, object]>([
  [1, 2, { from: 1, to: 2, change: 'higher' }],
  [2, 1, { from: 2, to: 1, change: 'lower' }],
  [2, 2, { from: 2, to: 2, change: 'unchanged' }],
  [0, 0, { from: 0, to: 0, change: 'unchanged' }],
  [null, 2, { from: null, to: 2, change: 'unknown' }],
  [2, undefined, { from: 2, to: null, change: 'unknown' }],
  ['2', 2, { from: null, to: 2, change: 'unknown' }],
])('a limit from %j to %j', (from, to, expected) => {
  for (const name of ['max_input_tokens', 'max_tokens'] as const) {
    const { limits } = compareModels(modelWith({ [name]: from }), modelWith({ [name]: to }))
    expect(limits[name]).toEqual(expected)
  }
})

describe('capabilities', () => {
  test.each<[unknown, unknown, object]>([
    [no, yes, { change: 'gained' }],
    [yes, no, { change: 'lost' }],
    [yes, yes, { change: 'unchanged' }],
    [no, no, { change: 'unchanged' }],
    [undefined, yes, { change: 'unknown' }],
    [no, null, { change: 'unknown' }],
    [null, null, { change: 'unknown' }],
    [yes, { supported: 'yes' }, { change: 'unknown' }],
    [yes, [true], { change: 'unknown' }],
    [yes, true, { change: 'unknown' }],
    [{ ...yes, low: yes }, yes, { change: 'unchanged', parts: { low: { change: 'unknown' } } }],
    [{ low: yes }, { low: no }, { parts: { low: { change: 'lost' } } }],
    [
      { low: yes },
      { ...no, low: yes },
      { change: 'unknown', parts: { low: { change: 'unchanged' } } },
    ],
    [
      { ...no, low: yes },
      { low: yes },
      { change: 'unknown', parts: { low: { change: 'unchanged' } } },
    ],
  ])('from %j to %j', (from, to, expected) => {
    expect(changeOf(from, to)).toEqual(expected)
  })

  test('keep the names of both models, those of the first one first, whatever they are', () => {
    const from = modelWith({
      capabilities: JSON.parse('{"__proto__":{"supported":true},"b":null}'),
    })
    const to = modelWith({ capabilities: { c: yes, toString: no } })
    const { capabilities } = compareModels(from, to)
    expect(Object.keys(capabilities)).toEqual(['__proto__', 'b', 'c', 'toString'])
    const changes = Object.values(capabilities).map(({ change }) => change)
    expect(changes).toEqual(['unknown', 'unknown', 'unknown', 'unknown'])
  })

  test('are followed nine groups deep, and no deeper', () => {
    const depthOf = (capability: ComparedCapability | undefined): number =>
      capability?.parts ? 1 + depthOf(capability.parts['a']) : 0
    const depths = [7, 8, 9, 9999].map((depth) => depthOf(changeOf(deep(depth), deep(depth))))
    expect(depths).toEqual([7, 8, 8, 8])
  })

  test('are the same there and back, with gained for lost', () => {
    const leaf = fc.constantFrom(yes, no, null, undefined)
    const group = fc.dictionary(fc.constantFrom('c', 'd'), leaf)
    const tree = fc.dictionary(fc.constantFrom('a', 'b', 'supported'), fc.oneof(leaf, group))
    const mirror: Readonly<Record<string, string>> = { gained: 'lost', lost: 'gained' }
    const mirrored = (compared: unknown): unknown =>
      JSON.parse(JSON.stringify(compared), (_, part: unknown) => mirror[part as string] ?? part)
    fc.assert(
      fc.property(tree, tree, (one, other) => {
        const [from, to] = [one, other].map((capabilities) => modelWith({ capabilities }))
        const back = compareModels(to!, from!).capabilities
        expect(mirrored(compareModels(from!, to!).capabilities)).toEqual(back)
      }),
    )
  })
})
