import { get } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { isInstalled, nginx, startCache, varnish } from './servers/caches.ts'
import { contenderModules, type Modules, wrapped } from './servers/modules.ts'
import type { Running } from './servers/running.ts'
import { startWorkerd } from './servers/workerd.ts'
import { startShipped, type World } from './servers/world.ts'

/** One of those that are compared. */
export interface Contender {
  readonly name: string
  start(world: World, said: Said): Promise<Running>
}

/** What the shipped Worker answered: what a contender repeats that only repeats. */
export interface Said {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** Those that belong to the connection, or that the runtime writes itself. */
const CONNECTION = new Set(['connection', 'date', 'keep-alive', 'transfer-encoding'])

/** Asks without decoding, defaults or an opinion on what comes. */
export function ask(
  origin: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Said> {
  return new Promise((resolve, reject) => {
    get(origin + path, { headers, agent: false }, (response) => {
      const said = Object.entries(response.headers).filter(([name]) => !CONNECTION.has(name))
      buffer(response)
        .then((body) =>
          resolve({
            status: response.statusCode ?? 0,
            headers: Object.fromEntries(said.map(([name, value]) => [name, String(value)])),
            body,
          }),
        )
        .catch(reject)
    }).on('error', reject)
  })
}

/** What a body says, but for the ids that no two answers share. */
export function content(body: Uint8Array): string {
  return Buffer.from(body)
    .toString()
    .replace(/"req_\w{24}"/, '"req_"')
}

function constant(name: string, headersOf: (said: Said) => Said['headers']): Contender {
  return {
    name,
    start: (_, said) => startConstant({ ...said, headers: headersOf(said) }),
  }
}

/** The limit: what nothing that runs in a Worker can be faster than. */
export const limit = constant('a constant answer', ({ headers }) => headers)

/** The limit once more. How much it differs from itself is how little a difference may mean. */
export const noise: Contender = { ...limit, name: 'the same once more' }

/** How much of the limit's time its headers take. */
export const bare = constant('a constant answer, content-type alone', ({ headers }) => ({
  'content-type': headers['content-type'] ?? '',
  'content-length': headers['content-length'] ?? '',
}))

/** A Worker that always says the same, and perhaps a wrapper around it. */
export async function startConstant(
  { body, headers, status }: Said,
  wrap: (modules: Modules) => Modules | Promise<Modules> = (modules) => modules,
): Promise<Running> {
  return startWorkerd({
    modules: await wrap(await contenderModules('constant')),
    bindings: { BODY: body, HEADERS: JSON.stringify(headers), STATUS: String(status) },
  })
}

/** What is shipped. */
export const ours: Contender = { name: 'models-edge', start: (world) => startShipped(world) }

/** What is shipped, with a mistake around it. */
export function broken(mistake: 'parses JSON' | 'reads KV' | 'scans all models'): Contender {
  return {
    name: `models-edge that ${mistake}`,
    start: async (world) =>
      startShipped(world, await wrapped('broken', world.shipped), { BROKEN: mistake }),
  }
}

function inMemory(name: string, module: string): Contender {
  return {
    name,
    start: async ({ catalogue }) =>
      startWorkerd({
        modules: await contenderModules(module),
        bindings: { CATALOGUE: JSON.stringify(catalogue) },
      }),
  }
}

export const honoInMemory = inMemory('Hono, data in memory', 'hono-memory')
export const ittyInMemory = inMemory('itty AutoRouter, data in memory', 'itty-memory')

export const honoWithKv: Contender = {
  name: 'Hono, a KV read per request',
  start: async ({ kv }) =>
    startWorkerd({
      modules: await contenderModules('hono-kv'),
      bindings: { CATALOG: { kv: kv.origin } },
    }),
}

export const proxy: Contender = {
  name: 'a pass-through proxy',
  start: async ({ upstream }) =>
    startWorkerd({
      modules: await contenderModules('proxy'),
      bindings: { UPSTREAM: upstream.origin },
    }),
}

/** Caches that are no Workers, where they are installed. */
export const caches: readonly Contender[] = [
  { name: 'nginx proxy_cache', cache: nginx },
  { name: 'Varnish', cache: varnish },
].flatMap(({ name, cache }) =>
  isInstalled(cache)
    ? [{ name, start: ({ upstream }: World) => startCache(cache, upstream.origin) }]
    : [],
)
