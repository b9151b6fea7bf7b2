import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { type Listener, listen } from '@models-edge/testing/listener'

type Operation = 'get' | 'list' | 'put'

/** One KV, as each place sees it: what a test lets happen there happens in the place of the truth. */
export class Kv {
  readonly values = new Map<string, string>()
  /** Every request: `3 put catalog:v2`. */
  readonly requests: string[] = []
  /** Answers in the place of KV; undefined lets KV answer. */
  instead: (
    place: string,
    operation: Operation,
    key: string,
  ) => Promise<number | undefined> | number | undefined = () => undefined

  start(): Promise<Listener> {
    return listen((request, response) => this.#respond(request, response))
  }

  puts(key = 'catalog:v2'): number {
    return this.requests.filter((request) => request.endsWith(` put ${key}`)).length
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://kv')
    const key = decodeURIComponent(pathname.slice(1))
    const place = String(request.headers['x-place'])
    const operation = request.method === 'PUT' ? 'put' : key === '' ? 'list' : 'get'
    const body = (await buffer(request)).toString()
    this.requests.push(`${place} ${operation} ${key}`)
    const status = await this.instead(place, operation, key)
    if (status !== undefined) {
      response.writeHead(status).end()
      return
    }
    if (operation === 'put') {
      this.values.set(key, body)
      response.end()
      return
    }
    if (operation === 'list') {
      const prefix = searchParams.get('prefix') ?? ''
      const names = [...this.values.keys()].filter((name) => name.startsWith(prefix)).toSorted()
      response.end(JSON.stringify({ keys: names.map((name) => ({ name })), list_complete: true }))
      return
    }
    const value = this.values.get(key)
    response.writeHead(value === undefined ? 404 : 200).end(value)
  }
}
