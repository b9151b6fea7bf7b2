import { describe, expect, test } from 'vitest'
import { modelOf, startPlus, viewOf } from '../../test/world/snapshots.ts'
import type { Answer } from '../http/answer.ts'
import { modelAnswer } from './model.ts'

const view = viewOf({
  changed_at: startPlus(-60_000),
  models: [modelOf('claude-haiku-9'), modelOf('claude-ü/1')],
  aliases: [{ alias: 'claude-haiku', id: 'claude-haiku-9' }],
})

/** The error of asking for this. */
async function failure(encoded: string): Promise<unknown> {
  return (async () => modelAnswer(view, encoded))().catch((error: unknown) => error)
}

/** What HTTP says about the end of a model. */
async function endOf(parts: Parameters<typeof modelOf>[1]): Promise<readonly (string | null)[]> {
  const { headers } = await modelAnswer(viewOf({ models: [modelOf('x', parts)] }), 'x')
  return [headers.get('deprecation'), headers.get('sunset')]
}

test('a model comes byte for byte, by its id as by an alias, with the age of its data', async () => {
  for (const name of ['claude-haiku-9', 'claude-haiku']) {
    const { body, headers }: Answer = await modelAnswer(view, name)
    expect(new TextDecoder().decode(body)).toBe(modelOf('claude-haiku-9').json)
    expect(Object.fromEntries(headers)).toMatchObject({
      ...view.headers,
      'last-modified': 'Fri, 20 Nov 2026 11:59:00 GMT',
    })
  }
})

describe('a name in a path', () => {
  test.each(['claude-%C3%BC%2F1', 'claude-%c3%bc%2f1', 'claude-ü%2F1'])(
    'is percent-encoded: %s',
    async (encoded) => {
      expect((await modelAnswer(view, encoded)).status).toBe(200)
    },
  )

  test.each(['%', '%zz', '%ff', '%c3'])('%s is refused', async (encoded) => {
    expect(await failure(encoded)).toMatchObject({
      name: 'ClientError',
      status: 400,
      message: 'model_id: Input should be percent-encoded UTF-8',
    })
  })

  test('has at most 256 characters', async () => {
    expect(await failure('%61'.repeat(256))).toMatchObject({ status: 404 })
    expect(await failure('a'.repeat(257))).toMatchObject({
      status: 400,
      message: 'model_id: Input should have at most 256 characters',
    })
  })
})

describe('a name that finds nothing', () => {
  test('is a 404 that says so in the API’s words, with near names and the age of the data', async () => {
    expect(await failure('claude-haiku-8')).toMatchObject({
      name: 'ClientError',
      status: 404,
      message: 'model: claude-haiku-8',
      details: { suggestions: ['claude-haiku-9', 'claude-haiku'] },
      headers: view.headers,
    })
  })

  test('has no details where no name is near', async () => {
    expect(await failure('gpt%204')).toMatchObject({ message: 'model: gpt 4', details: undefined })
  })
})

test('a model’s end is told as HTTP has it, as far as it is known', async () => {
  const deprecated_at = '2026-06-30T00:00:00.900Z'
  const retires_at = '2027-01-05T09:00:00+09:00'
  const [deprecation, sunset] = ['@1782777600', 'Tue, 05 Jan 2027 00:00:00 GMT']
  expect(await endOf({ deprecated_at, retires_at })).toEqual([deprecation, sunset])
  expect(await endOf({ deprecated_at, retires_at: null })).toEqual([deprecation, null])
  expect(await endOf({ retires_at })).toEqual([null, sunset])
  expect(await endOf({ deprecated_at: 'soon', retires_at: 'later' })).toEqual([null, null])
})
