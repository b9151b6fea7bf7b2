import type { ModelInfo } from '@models-edge/core'
import { expect, test } from 'vitest'
import { bodyOf } from '../../test/world/body.ts'
import { modelOf, viewOf } from '../../test/world/snapshots.ts'
import { lineAnswer, linesAnswer } from './lines.ts'

function dated(id: string, created_at: string, more: Partial<ModelInfo> = {}) {
  return modelOf(id, { created_at, line: 'opus', ...more })
}

const view = viewOf({
  models: [
    dated('claude-opus-4-1-20250805', '2026-01-01T00:00:00Z'),
    dated('unreleased', 'soon', { line: 'haiku' }),
    dated('undated', 'soon'),
    dated('claude-opus-5', '2026-07-24T00:00:00Z'),
    dated('claude-opus-5-twin', '2026-07-24T02:00:00+02:00'),
    dated('claude-opus-6', '2026-09-24T00:00:00Z', { lifecycle: 'deprecated' }),
    dated('claude-opus-7', '2026-10-24T00:00:00Z', { lifecycle: 'unheard-of' }),
    dated('ended', '2026-10-24T00:00:00Z', { line: 'ended', lifecycle: 'retired' }),
    dated('without', '2026-10-24T00:00:00Z', { line: null }),
    dated('empty', '2026-10-24T00:00:00Z', { line: '' }),
    dated('proto', '2026-10-24T00:00:00Z', { line: '__proto__', lifecycle: 'active' }),
  ],
})

const lines = { opus: 'claude-opus-5', haiku: 'unreleased', ['__proto__']: 'proto' }

test('each line has its newest active model: by its release, and then by its place', () => {
  const data = Object.entries(lines).map(([line, id]) => ({ type: 'line', line, id }))
  expect(bodyOf(linesAnswer(view))).toEqual({ data })
  expect(bodyOf(linesAnswer(viewOf()))).toEqual({ data: [] })
})

test.each(Object.entries(lines))('the newest of %s is %s, byte for byte', (line, id) => {
  const { body, status } = lineAnswer(view, encodeURIComponent(line))
  expect([status, body]).toEqual([200, view.find(id)?.json])
})

test.each(['ended', 'OPUS', 'latest', 'toString'])('there is no line %s, but others', (line) => {
  const { headers, ...answer } = lineAnswer(view, line)
  expect(answer.status).toBe(404)
  const error = { message: `line: ${line}`, details: { lines: Object.keys(lines) } }
  expect(bodyOf(answer)).toMatchObject({ error })
  expect(headers.get('cache-control')).toBe('public, max-age=60')
})

test('what is no name is refused', () => {
  expect(() => lineAnswer(view, '%zz')).toThrow('line: Input should be percent-encoded UTF-8')
})

test('the tag of the lines names them, and nothing else', () => {
  const tags = [['a'], ['a', 'b']].map((ids) => {
    const models = ids.map((id) => modelOf(id, { line: id }))
    return linesAnswer(viewOf({ models, changed_at: '2026-11-20T00:00:00Z' })).validators?.etag
  })
  expect(new Set(tags).size).toBe(2)
})
