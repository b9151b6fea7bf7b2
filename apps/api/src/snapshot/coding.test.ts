import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { changeAt, modelOf, snapshotOf, START, textOf } from '../../test/world/snapshots.ts'
import { decode, encodeNothing, FORMAT, namesPastNames, tagOfContent } from './coding.ts'
import type { Snapshot } from './snapshot.ts'
import { storedModel } from './model.ts'

const failure = { reason: 'unreachable', failed_at: START, failures: 2, next_at: START }
const alias = { alias: 'claude-a', id: 'claude-a-1' }
const change = changeAt(10, 'claude-b-1')
const past = { name: 'claude-old', id: 'claude-b-1', since: START }
const full = snapshotOf({
  models: [modelOf('claude-a-1', { display_name: 'ü "quoted" \\ €' }), modelOf('claude-b-1')],
  aliases: [alias, { alias: 'claude-b', id: 'claude-b-1' }],
  changes: [changeAt(20, 'claude-a-1'), change],
  complete_from: 5,
  past_names: [past, { name: 'gone', id: 'gone', since: START, json: modelOf('gone').json }],
  failure,
})

test('a snapshot comes back as it was, with its models byte for byte', () => {
  const odd = storedModel('{"id":"x","n":1.0e0,"e":"\\u00fc","2":1,"1":2}')
  for (const snapshot of [full, snapshotOf(), snapshotOf({ models: [odd] })]) {
    const decoded = { kind: 'snapshot', snapshot: { format: FORMAT, ...snapshot } }
    expect(decode(textOf(snapshot))).toEqual(decoded)
  }
})

test('earlier code knew no past names, and named the rest alike', () => {
  const { past_names, ...earlier } = JSON.parse(textOf(full)) as Snapshot
  expect(past_names).toHaveLength(2)
  const decoded = decode(JSON.stringify(earlier))
  expect(decoded).toMatchObject({ kind: 'snapshot', snapshot: { past_names: [] } })
  const texts = { models: ['{}'], aliases: [alias], changes: ['{}'], complete_from: 5 }
  const tag = tagOfContent({ ...texts, past_names: [] })
  expect(tagOfContent({ ...texts, past_names })).toMatch(new RegExp(`^${tag}-[0-9a-f]{16}$`))
  expect([tag, `${tag}-1`].map(namesPastNames)).toEqual([false, true])
})

test.each<[string, object]>([
  ['an earlier format', { format: FORMAT - 1 }],
  ['an earlier format that has nothing', { format: FORMAT - 1, nothing: true }],
  ['a format that is a text', { format: String(FORMAT) }],
  ['a revision that is none', { revision: 1.5 }],
  ['no place where the history begins', { complete_from: null }],
  ['a time that is none', { synced_at: 'yesterday' }],
  ['no time of its last change', { changed_at: undefined }],
  ['no time of its writing', { written_at: undefined }],
  ['a source without its address', { source: { key: 'k' } }],
  ['no word about failures', { failure: undefined }],
  ['a failure without its reason', { failure: {} }],
  ['models that are no list', { models: 'claude' }],
  ['a model without its id', { models: ['{"display_name":"x"}'] }],
  ['one model twice', { models: ['{"id":"x"}', '{"id":"x","line":"y"}'] }],
  ['an alias of nothing', { aliases: [{ alias: 'a' }] }],
  ['an alias without its name', { aliases: [{ id: 'x' }] }],
  ['one alias twice', { aliases: [alias, { ...alias, id: 'x' }] }],
  ['a change with another id', { changes: [{ ...change, id: 'evt_1' }] }],
  ['a change of nothing', { changes: [{ ...change, model_id: undefined }] }],
  ['a change that does not say what', { changes: [{ ...change, change: undefined }] }],
  ['a past name of nothing', { past_names: [{ ...past, id: undefined }] }],
  ['a past name without its name', { past_names: [{ ...past, name: 1 }] }],
  ['a past name that ended at no time', { past_names: [{ ...past, since: 'once' }] }],
  ['a past model that is no model', { past_names: [{ ...past, json: '{}' }] }],
  ['a past model that is another', { past_names: [{ ...past, json: '{"id":"x"}' }] }],
  ['one past name twice', { past_names: [past, past] }],
  ['one change twice', { changes: [change, change] }],
])('a snapshot with %s is unreadable', (_, parts) => {
  const whole = JSON.parse(textOf(full)) as object
  expect(decode(JSON.stringify({ ...whole, ...parts }))).toEqual({ kind: 'unreadable' })
})

test('nothing to serve comes back with its reason', () => {
  expect(decode(encodeNothing(null))).toEqual({ kind: 'nothing', failure: null })
  expect(decode(encodeNothing(failure))).toEqual({ kind: 'nothing', failure })
})

test('a later format is no garbage, whatever it holds', () => {
  expect(decode(JSON.stringify({ format: FORMAT + 1, models: 5 }))).toEqual({ kind: 'later' })
})

test('whatever else comes is unreadable, and nothing throws', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (garbage) => {
      expect(decode(garbage)).toEqual({ kind: 'unreadable' })
    }),
  )
})
