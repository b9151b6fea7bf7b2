import { buffer } from 'node:stream/consumers'
import { type Listener, listen } from './listener.ts'

export interface Kv extends Listener {
  readonly values: Map<string, string>
  /** Every request so far: `GET catalog:v1`. */
  readonly requests: readonly string[]
  /** Every read so far: which key, and for how many seconds its value may be cached. */
  readonly reads: readonly { readonly key: string; readonly cacheTtl: number }[]
  /** A status in its place; undefined lets it answer. A promise keeps who asked waiting. */
  instead: (method: string) => Promise<number | undefined> | number | undefined
}

/** What is behind a KV binding of workerd: HTTP, and a 404 for what is not there. */
export async function startKv(): Promise<Kv> {
  const values = new Map<string, string>()
  const requests: string[] = []
  const reads: { key: string; cacheTtl: number }[] = []
  const listener = await listen(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://kv')
    const key = decodeURIComponent(pathname.slice(1))
    requests.push(`${request.method} ${key}`)
    const status = await kv.instead(request.method ?? '')
    if (status !== undefined) {
      response.writeHead(status).end()
      return
    }
    if (request.method === 'PUT') {
      values.set(key, (await buffer(request)).toString())
      response.end()
      return
    }
    if (request.method !== 'GET') throw new Error(`unexpected ${request.method} ${request.url}`)
    if (key === '') {
      const keys = [...values.keys()].filter((name) =>
        name.startsWith(searchParams.get('prefix') ?? ''),
      )
      const list = { keys: keys.toSorted().map((name) => ({ name })), list_complete: true }
      response.end(JSON.stringify(list))
      return
    }
    reads.push({ key, cacheTtl: Number(searchParams.get('cache_ttl')) })
    const value = values.get(key)
    response.writeHead(value === undefined ? 404 : 200).end(value)
  })
  const kv: Kv = { ...listener, values, requests, reads, instead: () => undefined }
  return kv
}
