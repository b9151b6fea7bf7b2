import { setTimeout as sleep } from 'node:timers/promises'
import { type Listener, listen } from '@models-edge/testing/listener'
import type { Client, Field } from '../fuzz/client.ts'
import { buffer } from 'node:stream/consumers'

export interface Gate extends Listener {
  /** What got through to the Worker, by method and URL. */
  readonly passed: ReadonlyMap<string, number>
  /** How the Worker is: there, answering 503, or not there at all. */
  state: 'closed' | 'open' | 'unavailable'
}

/** Stands between a cache and the Worker: it counts, it can shut, and a minute is a second there. */
export async function startGate(worker: Client, delayMs: number): Promise<Gate> {
  const passed = new Map<string, number>()
  const listener = await listen(async (request, response) => {
    const { method = '', url = '', headers, rawHeaders, socket } = request
    if (gate.state === 'closed') return socket.destroy()
    if (gate.state === 'unavailable') return response.writeHead(503).end('{}')
    const key = `${method} ${url}`
    passed.set(key, (passed.get(key) ?? 0) + 1)
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
    await sleep(delayMs)
    const answer = [...got.fields].filter(([name]) => name !== 'connection')
    const quick = answer.map(([name, value]) => [name, value.replace('max-age=60', 'max-age=1')])
    return response.writeHead(got.status, quick.flat()).end(got.body)
  })
  const gate: Gate = { ...listener, passed, state: 'open' }
  return gate
}
