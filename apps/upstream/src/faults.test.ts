import { ApiError, listModels, type ModelInfo } from '@models-edge/core'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { models } from './catalogue.ts'
import worker from './index.ts'

const KEY = 'stand-in-key'
const current = models.filter(({ lifecycle }) => lifecycle !== 'retired')

function send(request: Request): Promise<Response> {
  return worker.fetch(request, { API_KEY: KEY })
}

function ask(fault: string, path = '/v1/models'): Promise<Response> {
  const headers = { 'x-api-key': KEY, 'anthropic-version': '2023-06-01', 'x-stand-in-fault': fault }
  return send(new Request(`http://upstream.test${path}`, { headers }))
}

/** The models that core finds behind a fault. */
async function walk(fault: string): Promise<ModelInfo[]> {
  const options = {
    baseURL: 'http://upstream.test',
    apiKey: KEY,
    headers: { 'x-stand-in-fault': fault },
  }
  const found: ModelInfo[] = []
  for await (const model of listModels(send, { limit: 8 }, options)) found.push(model)
  return found
}

/** What core finds wrong. */
async function complaint(fault: string): Promise<string> {
  const error: unknown = await walk(fault).then(
    () => new Error('it went well'),
    (thrown: unknown) => thrown,
  )
  if (error instanceof ApiError) return error.message
  throw error
}

test.each([
  ['status', 500, {}],
  ['status&should-retry=true', 500, { 'x-should-retry': 'true' }],
  ['status&status=404&should-retry=true', 404, { 'x-should-retry': 'true' }],
  ['status&status=529&retry-after=7', 529, { 'retry-after': '7' }],
  ['redirect', 302, { location: 'http://127.0.0.1:1/' }],
  ['redirect&to=http://a.test/', 302, { location: 'http://a.test/' }],
])('%s is status %i with %j', async (fault, status, expected) => {
  const response = await ask(`fault=${fault}`)
  expect(response.status).toBe(status)
  const telling = /^(?:location|retry-after|x-should-retry)$/
  const headers = [...response.headers].filter(([name]) => telling.test(name))
  expect(Object.fromEntries(headers)).toEqual(expected)
})

describe('what is no answer of the API', () => {
  const noJson = 'got no whole JSON: status'

  test.each([
    ['edge-block', 'Request not allowed'],
    ['html', `${noJson} 502 with text/html; charset=utf-8`],
    ['html&status=200', `${noJson} 200 with text/html; charset=utf-8`],
    ['redirect', `${noJson} 302 with no content`],
    ['half-body', `${noJson} 200 with application/json`],
    ['duplicate-ids', 'it comes to claude-haiku-5-5 twice'],
    ['cursor-loop', 'it comes to '],
    ['no-cursor', 'it has more, but no cursor'],
    ['standing-cursor', 'its cursor does not advance'],
  ])('%s: core says "%s"', async (fault, message) => {
    expect(await complaint(`fault=${fault}`)).toContain(message)
  })
})

describe('other models', () => {
  const ids = current.map(({ id }) => id)
  const crowd = Array.from({ length: 30 }, (_, place) => `claude-crowd-${30 - place}`)

  test.each([
    ['empty-list', []],
    ['shrunk-list', ids.slice(0, 6)],
    ['model-less', ids.slice(1)],
    ['model-more', ['claude-new-6', ...ids]],
    ['model-crowd', [...crowd, ...ids]],
  ])('%s', async (fault, expected) => {
    expect((await walk(`fault=${fault}`)).map(({ id }) => id)).toEqual(expected)
  })

  test('of a later version have fields and values that nobody knows', async () => {
    const price = { price: { input: 1.5 }, 'x-new': [null] }
    expect(await walk('fault=unknown-fields')).toEqual(current.map((one) => ({ ...one, ...price })))
    const novel = { line: 'sonata', lifecycle: 'dormant' }
    expect(await walk('fault=unknown-enums')).toEqual(models.map((one) => ({ ...one, ...novel })))
  })
})

describe('time', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => vi.useRealTimers())

  test.each([
    ['slow-headers', 1000],
    ['slow-headers&ms=60', 60],
  ])('passes before an answer, be it an error: %s', async (fault, ms) => {
    let isAnswered = false
    const asked = ask(`fault=${fault}`, '/v1/models/none').finally(() => (isAnswered = true))
    await vi.advanceTimersByTimeAsync(ms - 1)
    expect([isAnswered, vi.getTimerCount()]).toEqual([false, 1])
    vi.advanceTimersByTime(1)
    expect((await asked).status).toBe(404)
  })

  test.each([
    ['slow-body', 1000],
    ['slow-body&ms=60', 60],
    ['cut-body&ms=60', 60],
  ])('passes in the middle of an answer: %s', async (fault, ms) => {
    const whole = JSON.stringify(models[0])
    const { body } = await ask(`fault=${fault}`, `/v1/models/${models[0]!.id}`)
    const reader = body!.pipeThrough(new TextDecoderStream()).getReader()
    const middle = Math.floor(whole.length / 2)
    expect((await reader.read()).value).toBe(whole.slice(0, middle))
    const rest = reader.read()
    await vi.advanceTimersByTimeAsync(ms - 1)
    expect(vi.getTimerCount()).toBe(1)
    vi.advanceTimersByTime(1)
    if (fault.startsWith('cut')) await expect(rest).rejects.toThrow('cut off, as told')
    else expect((await rest).value).toBe(whole.slice(middle))
  })
})
