import { Agent, request } from 'node:http'
import { buffer } from 'node:stream/consumers'

export type Field = readonly [name: string, value: string]

export interface Sent {
  readonly method: string
  /** Path and query as they go over the wire, in UTF-8. */
  readonly target: string
  readonly host: string
  readonly fields: readonly Field[]
  readonly body?: string | undefined
}

export interface Got {
  readonly status: number
  /** Names in small letters; a field that came twice is one with both values. */
  readonly fields: ReadonlyMap<string, string>
  readonly body: string
}

export interface Client {
  send(sent: Sent): Promise<Got>
  [Symbol.dispose](): void
}

/**
 * A client of an origin, or of a server that listens on a socket in the file system. It sends what
 * `fetch` refuses to: bodies with any method, any Host, any bytes in a path. It keeps its connections.
 */
export function startClient(server: string, connections: number): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const { hostname, port } = server.startsWith('/') ? {} : new URL(server)
  const place = hostname === undefined ? { socketPath: server } : { hostname, port }

  async function send({ method, target, host, fields, body }: Sent): Promise<Got> {
    // As bytes: Node writes a text and the fields before it in one encoding, which is not theirs.
    const bytes = body === undefined ? undefined : Buffer.from(body)
    const length: readonly Field[] = bytes ? [['content-length', String(bytes.byteLength)]] : []
    const headers = [['host', host] as const, ...fields, ...length].flat()
    const path = Buffer.from(target).toString('latin1')
    const asking = request({ agent, ...place, method, path, headers })
    const { promise, resolve, reject } = Promise.withResolvers<Got>()
    asking.on('error', reject)
    asking.on('response', (response) => {
      const names = new Map<string, string>()
      for (let at = 0; at < response.rawHeaders.length; at += 2) {
        const [name = '', value = ''] = response.rawHeaders.slice(at, at + 2)
        const before = names.get(name.toLowerCase())
        names.set(name.toLowerCase(), before === undefined ? value : `${before}, ${value}`)
      }
      buffer(response).then(
        (read) => resolve({ status: response.statusCode ?? 0, fields: names, body: String(read) }),
        reject,
      )
    })
    asking.end(bytes)
    return promise
  }

  return { send, [Symbol.dispose]: () => agent.destroy() }
}
