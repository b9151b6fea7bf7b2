import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import { type Listener, listen } from '@models-edge/testing/listener'
import type { Client, Field } from '../fuzz/client.ts'

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

export async function startGate(worker: Client): Promise<Gate> {
  const asked = new Map<string, number>()
  const events = new EventTarget()
  const listener = await listen(async (request, response) => {
    const { method = '', url = '', headers, rawHeaders, socket } = request
    asked.set(url, (asked.get(url) ?? 0) + 1)
    events.dispatchEvent(new Event(url))
    if (gate.state === 'closed') return socket.destroy()
    if (gate.state === 'unavailable') return response.writeHead(503).end('{}')
    const fields: Field[] = []
    for (let at = 0; at < rawHeaders.length; at += 2) {
      const [name = '', value = ''] = rawHeaders.slice(at, at + 2)
      const own = /^(?:host|connection|content-length|transfer-encoding)$/i.test(name)
      if (!own) fields.push([name, value])
    }
    const sent = await buffer(request)
    const body = sent.byteLength > 0 ? sent.toString() : undefined
    const target = Buffer.from(url, 'latin1').toString()
    const got = await worker.send({ method, target, host: headers.host ?? '', fields, body })
    await gate.held
    const answer = [...got.fields].filter(([name]) => name !== 'connection')
    const age = `max-age=${gate.minute}`
    const timed = answer.map(([name, value]) => [name, value.replace('max-age=60', age)])
    return response.writeHead(got.status, timed.flat()).end(got.body)
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
