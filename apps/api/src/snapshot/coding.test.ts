import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changeAt, modelOf, snapshotOf, textOf } from '../../test/world/snapshots.ts'
import { decode, encodeContent, encodeNothing, FORMAT, SNAPSHOT_KEY } from './coding.ts'
import { storedModel } from './model.ts'

const failure = {
  reason: 'unreachable',
  failed_at: '2026-11-20T11:59:00Z',
  failures: 2,
  next_at: '2026-11-20T12:01:00Z',
}
const full = snapshotOf({
  models: [modelOf('claude-a-1', { display_name: 'ü "quoted" \\ €' }), modelOf('claude-b-1')],
  aliases: [{ alias: 'claude-a', id: 'claude-a-1' }],
  changes: [changeAt(20, 'claude-a-1'), changeAt(10, 'claude-b-1')],
  complete_from: 5,
  failure,
})
const text = textOf(full)

describe('a snapshot', () => {
  test('comes back as it was, with the models byte for byte', () => {
    const odd = storedModel('{"id":"x","n":1.0e0,"e":"\\u00fc","2":1,"1":2}')
    for (const snapshot of [full, snapshotOf(), snapshotOf({ models: [odd] })]) {
      expect(decode(textOf(snapshot))).toEqual({
        kind: 'snapshot',
        snapshot: { format: FORMAT, ...snapshot },
      })
    }
  })

  test('cut off anywhere is unreadable', () => {
    for (let end = 0; end < text.length; end += 1) {
      expect(decode(text.slice(0, end))).toEqual({ kind: 'unreadable' })
    }
  })

  test.each<[string, object]>([
    ['an earlier format', { format: FORMAT - 1 }],
    ['no format', { format: undefined }],
    ['a format that is a text', { format: String(FORMAT) }],
    ['a revision that is none', { revision: 1.5 }],
    ['no place where the history begins', { complete_from: null }],
    ['a time that is none', { synced_at: 'yesterday' }],
    ['no time of its last change', { changed_at: undefined }],
    ['no time of its writing', { written_at: undefined }],
    ['no source', { source: null }],
    ['a source without its address', { source: { key: 'k' } }],
    ['no word about failures', { failure: undefined }],
    ['a failure without its reason', { failure: {} }],
    ['models that are no list', { models: 'claude' }],
    ['a model that is no text', { models: [{ id: 'x' }] }],
    ['a model without its id', { models: ['{"display_name":"x"}'] }],
    ['an alias of nothing', { aliases: [{ alias: 'a' }] }],
    ['no changes', { changes: undefined }],
    ['a change with another id', { changes: [{ ...changeAt(1, 'x'), id: 'evt_1' }] }],
    ['a change of nothing', { changes: [{ id: changeAt(1, 'x').id }] }],
  ])('with %s is unreadable', (_, parts) => {
    const whole = JSON.parse(text) as object
    expect(decode(JSON.stringify({ ...whole, ...parts }))).toEqual({ kind: 'unreadable' })
  })
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

test('the same content has the same text, and another format would have another key', () => {
  const content = { models: ['{"id":"x"}'], aliases: [], changes: [], complete_from: 1 }
  expect(encodeContent({ ...content })).toBe(
    '{"models":["{\\"id\\":\\"x\\"}"],"aliases":[],"complete_from":1,"changes":[]}',
  )
  expect(SNAPSHOT_KEY).toBe(`catalog:v${FORMAT}`)
})
