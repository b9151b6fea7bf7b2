import type { Weather } from '../weather/weather.ts'

const errors: readonly (readonly [status: number, retryAfter?: string])[] = [
  [500],
  [529],
  [429, '120'],
  [429, '2400'],
  [503],
  [401],
  [404],
  [400],
]

const notForModels: readonly ResponseInit[] = [
  { status: 200, headers: { 'content-type': 'text/html' } },
  { status: 502, headers: { 'content-type': 'text/html' } },
  { status: 302, headers: { location: 'https://elsewhere.test/v1/models' } },
]

/** What upstream answers in place of what was asked for. */
export function refusalIn(weather: Weather): Response | undefined {
  const error = weather.now('upstream error')
  if (error) {
    const [status, retryAfter] = of(errors, error.strength)
    const headers = { 'content-type': 'application/json' }
    return new Response('{"type":"error","error":{"type":"api_error","message":"as told"}}', {
      status,
      headers: retryAfter ? { ...headers, 'retry-after': retryAfter } : headers,
    })
  }
  if (weather.now('upstream block')) {
    return Response.json(
      { error: { type: 'forbidden', message: 'Request not allowed' } },
      { status: 403 },
    )
  }
  const page = weather.now('upstream page')
  if (!page) return undefined
  return new Response('<!doctype html><title>Bad gateway</title>', of(notForModels, page.strength))
}

/** One of several, by a strength from 0 to 1. */
export function of<Item>(items: readonly Item[], strength: number): Item {
  const item = items[Math.min(Math.floor(strength * items.length), items.length - 1)]
  if (item === undefined) throw new Error('there is nothing to choose from')
  return item
}
