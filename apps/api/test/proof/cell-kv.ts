import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { type KvState, kvStates } from './kv-states.ts'

/** The KV of one cell, as a binding of workerd meets it, and as its states make it. */
export class CellKv {
  state: KvState = kvStates.healthy
  /** What is stored. */
  readonly values = new Map<string, string>()
  /** What a view of KV shows that lags behind. */
  readonly before = new Map<string, string>()
  /** What anybody did that must not be done, ever. */
  readonly offences: string[] = []

  async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://kv')
    const key = decodeURIComponent(pathname.slice(1))
    const body = (await buffer(request)).toString()
    await sleep(this.state.delayMs)
    if (request.method === 'PUT') {
      if (searchParams.has('expiration') || searchParams.has('expiration_ttl')) {
        this.offences.push(`${key} would expire`)
      }
      if (this.state.takes) this.values.set(key, body)
      response.writeHead(this.state.takes ? 200 : 429).end()
      return
    }
    if (request.method !== 'GET') this.offences.push(`${request.method} ${request.url}`)
    if (this.state.shows === 'error') {
      response.writeHead(500).end()
      return
    }
    if (key === '') {
      // A list knows what is there when a look at a key still shows that it was not.
      const keys = [...this.values.keys()].filter((name) =>
        name.startsWith(searchParams.get('prefix') ?? ''),
      )
      const list = { keys: keys.toSorted().map((name) => ({ name })), list_complete: true }
      response.end(JSON.stringify(list))
      return
    }
    const value = this.#shown(key)
    response.writeHead(value === undefined ? 404 : 200).end(value)
  }

  #shown(key: string): string | undefined {
    if (this.state.shows === 'nothing') return undefined
    return (this.state.shows === 'before' ? this.before : this.values).get(key)
  }
}
