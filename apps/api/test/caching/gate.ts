import { once } from 'node:events'
import { type Listener, listen } from '@models-edge/testing/listener'

/** Stands between a cache and the Worker: it counts, it holds back, and it can be shut. */
export interface Gate extends Listener {
  /** How often each URL was asked for so far. */
  readonly asked: ReadonlyMap<string, number>
  /** Until the Worker is asked for a URL, once more. */
  untilAsked(url: string): Promise<unknown>
  /** How the Worker is: there, answering 503, or not there at all. */
  state: 'closed' | 'open' | 'unavailable'
  /** How many seconds a minute takes: so long is an answer fresh. */
  minute: number
  /** What an answer waits for. */
  held: Promise<void>
}

export async function startGate(worker: string): Promise<Gate> {
  const asked = new Map<string, number>()
  const events = new EventTarget()
  const listener = await listen(async (request, response) => {
    const { url = '' } = request
    asked.set(url, (asked.get(url) ?? 0) + 1)
    events.dispatchEvent(new Event(url))
    if (gate.state === 'closed') return request.socket.destroy()
    if (gate.state === 'unavailable') return response.writeHead(503).end('{}')
    const got = await fetch(worker + url)
    const body = await got.text()
    await gate.held
    const policy = got.headers.get('cache-control')?.replace('max-age=60', `max-age=${gate.minute}`)
    const { connection: _, ...fields } = Object.fromEntries(got.headers)
    return response.writeHead(got.status, { ...fields, 'cache-control': policy }).end(body)
  })
  const gate: Gate = {
    ...listener,
    asked,
    untilAsked: (url) => once(events, url),
    state: 'open',
    minute: 60,
    held: Promise.resolve(),
  }
  return gate
}
