import type { Comparison } from '@models-edge/core'
import { expect, test } from 'vitest'
import { bodyOf } from '../../test/world/body.ts'
import { modelOf, START, viewOf } from '../../test/world/snapshots.ts'
import { compareAnswer } from './compare.ts'

const small = modelOf('small-1', { max_tokens: 5, capabilities: { batch: { supported: true } } })
const large = modelOf('large-1', { max_tokens: 9, lifecycle: 'retired' })
const gone = modelOf('gone', { max_tokens: 1, capabilities: { batch: { supported: false } } })

const view = viewOf({
  models: [small, large],
  aliases: [{ alias: 'small', id: 'small-1' }],
  past_names: [
    { name: 'large', id: 'large-1', since: START },
    { name: 'gone', id: 'gone', since: START, json: gone.json },
    { name: 'was-gone', id: 'gone', since: START },
    { name: 'nobody', id: 'nothing', since: START },
  ],
})

test.each([
  ['small', 'large-1', ['small-1', 'large-1', 'higher', 'unknown']],
  ['large', 'small-1', ['large-1', 'small-1', 'lower', 'unknown']],
  ['gone', 'small', ['gone', 'small-1', 'higher', 'gained']],
  ['small-1', 'was%2Dgone', ['small-1', 'gone', 'lower', 'lost']],
  ['small', 'small-1', ['small-1', 'small-1', 'unchanged', 'unchanged']],
])('from %s to %s', (from, to, expected) => {
  const answer = compareAnswer(view, [from, to])
  const told = bodyOf(answer) as {
    readonly [name: string]: { readonly id: string; readonly max_tokens: { change: string } }
    readonly capabilities: never
  }
  const { batch } = told.capabilities as { batch?: { change: string } }
  const { change } = told['limits']!.max_tokens
  expect([told['from']?.id, told['to']?.id, change, batch?.change]).toEqual(expected)
  expect(answer.headers.get('etag')).toMatch(/^"1-[0-9a-f]{16}"$/)
})

test('a model that is listed no longer says so, whatever it said of itself last', () => {
  const told = bodyOf(compareAnswer(view, ['was-gone', 'small'])) as Comparison
  expect([told.from.lifecycle, told.from.removed_at, told.to.removed_at]).toEqual([
    null,
    START,
    undefined,
  ])
})

test('two comparisons have two tags, and the same one has the same', () => {
  const tags = [
    ['small', 'large'],
    ['large', 'small'],
    ['small-1', 'large-1'],
  ].map(([from = '', to = '']) => compareAnswer(view, [from, to]).validators?.etag)
  expect(new Set(tags).size).toBe(2)
  expect(tags[2]).toBe(tags[0])
})

test.each([
  ['smal', 'large', 'smal', { suggestions: ['small', 'small-1'] }],
  ['small', 'nobody', 'nobody', { was: 'nothing', suggestions: [] }],
  ['x'.repeat(200), 'y', 'x'.repeat(200), undefined],
])('%.9s to %s is none: there is no %.9s', (from, to, name, details) => {
  const { status, ...answer } = compareAnswer(view, [from, to])
  expect(status).toBe(404)
  const { error } = bodyOf(answer) as { error: object }
  const type = 'not_found_error'
  expect(error).toEqual({ type, message: `model: ${name}`, ...(details && { details }) })
})

test.each([
  ['%zz', 'small', 'from: Input should be percent-encoded UTF-8'],
  ['small', 'a'.repeat(257), 'to: Input should have at most 256 characters'],
])('%s to %.9s is refused: %s', (from, to, message) => {
  expect(() => compareAnswer(view, [from, to])).toThrow(message)
})
