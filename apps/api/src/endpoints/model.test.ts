import { expect, test } from 'vitest'
import { bodyOf } from '../../test/world/body.ts'
import { modelOf, startPlus, viewOf } from '../../test/world/snapshots.ts'
import { modelAnswer } from './model.ts'

const view = viewOf({
  changed_at: startPlus(-60_000),
  models: [modelOf('claude-haiku-9'), modelOf('claude-ü/1')],
  aliases: [{ alias: 'claude-haiku', id: 'claude-haiku-9' }],
})

test.each([
  ['claude-haiku-9', 'claude-haiku-9'],
  ['claude-haiku', 'claude-haiku-9'],
  ['claude-%C3%BC%2f1', 'claude-ü/1'],
])('%s finds a model, byte for byte and with the age of its data', async (encoded, id) => {
  const { body, headers } = modelAnswer(view, encoded)
  expect(body).toBe(modelOf(id).json)
  expect(Object.fromEntries(headers)).toMatchObject({
    ...Object.fromEntries(view.headers.under('data')),
    'last-modified': 'Fri, 20 Nov 2026 11:59:00 GMT',
  })
})

test('what a name was is told, as long as it is nothing else now', () => {
  const since = startPlus(0)
  const ended = viewOf({
    models: [modelOf('claude-b'), modelOf('c')],
    past_names: [
      { name: 'claude-a', id: 'claude-b', since },
      { name: 'a-name-that-is-far', id: 'c', since },
      { name: 'claude-b', id: 'c', since },
      { name: 'claude-gone', id: 'claude-gone', since, json: modelOf('claude-gone').json },
    ],
  })
  const detailsOf = (name: string): unknown =>
    (bodyOf(modelAnswer(ended, name)) as { error?: { details?: unknown } }).error?.details
  expect(detailsOf('claude-a')).toEqual({ was: 'claude-b', suggestions: ['claude-b'] })
  expect(detailsOf('a-name-that-is-far')).toEqual({ was: 'c', suggestions: [] })
  expect(detailsOf('claude-gone')).toEqual({ was: 'claude-gone', suggestions: ['claude-b'] })
  expect(modelAnswer(ended, 'claude-b').status).toBe(200)
  expect(detailsOf('toString')).toBeUndefined()
})

const near = { suggestions: ['claude-haiku-9', 'claude-haiku'] }

test.each<[string, number, string, object?]>([
  ['%zz', 400, 'model_id: Input should be percent-encoded UTF-8'],
  ['%61'.repeat(256), 404, `model: ${'a'.repeat(256)}`],
  ['a'.repeat(257), 400, 'model_id: Input should have at most 256 characters'],
  ['gpt%204', 404, 'model: gpt 4'],
  ['claude-haiku-8', 404, 'model: claude-haiku-8', near],
])('%.20s finds none: %i, %.60s', (encoded, status, message, details) => {
  if (status === 404) {
    const { headers, ...answer } = modelAnswer(view, encoded)
    expect(answer.status).toBe(404)
    expect(bodyOf(answer)).toMatchObject({ error: { message, ...(details && { details }) } })
    expect(Object.fromEntries(headers)).toMatchObject(
      Object.fromEntries(view.headers.under('error')),
    )
    return
  }
  const refused = { name: 'ClientError', status, message, details, headers: {} }
  expect(() => modelAnswer(view, encoded)).toThrow(expect.objectContaining(refused))
})

const [day, sunset] = ['2027-01-05T00:00:00.900Z', 'Tue, 05 Jan 2027 00:00:00 GMT']

test.each([
  [day, day, '@1799107200', sunset],
  [day, null, '@1799107200', null],
  [null, '2027-01-05T09:00:00+09:00', null, sunset],
  ['soon', 'later', null, null],
])('deprecated at %s, retired at %s: HTTP is told %s and %s', async (...row) => {
  const [deprecated_at, retires_at, ...expected] = row
  const ending = viewOf({ models: [modelOf('x', { deprecated_at, retires_at })] })
  const { headers } = modelAnswer(ending, 'x')
  expect([headers.get('deprecation'), headers.get('sunset')]).toEqual(expected)
})
