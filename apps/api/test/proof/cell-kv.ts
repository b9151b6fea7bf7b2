import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { type KvState, kvStates } from './states.ts'

export const KEY = 'catalog:v2'

/** The KV of one cell, as a binding of workerd meets it, and as its states make it. */
export class CellKv {
  state: KvState = kvStates.healthy
  /** What is stored; several places can share it. */
  readonly values: Map<string, string>
  /** What a view of KV shows that lags behind. */
  readonly before = new Map<string, string>()
  /** Every request: `GET catalog:v2`; a list is a `GET ` of no key. */
  readonly requests: string[] = []
  /** What was to be written under the snapshot's key, whatever came of it. */
  readonly puts: string[] = []

  constructor(values = new Map<string, string>()) {
    this.values = values
  }

  async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://kv')
    const key = decodeURIComponent(pathname.slice(1))
    const body = (await buffer(request)).toString()
    const { lists, shows, takes } = this.state
    const expiry = [...searchParams.keys()].filter((name) => name.startsWith('expiration'))
    this.requests.push([request.method, key, ...expiry].join(' '))
    if (request.method === 'PUT') {
      if (key === KEY) this.puts.push(body)
      if (takes) this.values.set(key, body)
      response.writeHead(takes ? 200 : 429).end()
      return
    }
    if (shows === 'error' || (key === '' && !lists)) {
      response.writeHead(500).end()
      return
    }
    if (key === '') {
      // A list knows what is there when a look at a key still shows that it was not.
      const prefix = searchParams.get('prefix') ?? ''
      const names = [...this.values.keys()].filter((name) => name.startsWith(prefix)).toSorted()
      response.end(JSON.stringify({ keys: names.map((name) => ({ name })), list_complete: true }))
      return
    }
    const view = { stored: this.values, before: this.before, nothing: undefined }[shows]
    const value = view?.get(key)
    response.writeHead(value === undefined ? 404 : 200).end(value)
  }
}
