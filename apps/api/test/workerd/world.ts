import { createExecutionContext, reset, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { ModelInfo } from '@models-edge/core'
import standIn from '@models-edge/upstream'
import { afterEach, beforeEach, expect, vi } from 'vitest'
import { type Bindings, Service } from '../../src/service.ts'
import { departures } from '../contract.ts'

declare global {
  /** The stand-in's binding, whose source these tests run. */
  interface Env {
    readonly API_KEY: string
  }
}

export const KEY = 'stand-in-key'
export const BASE_URL = 'http://upstream.test'
export const START = Date.parse('2026-11-20T12:00:00Z')
export const SECOND = 1000
export const MINUTE = 60 * SECOND

type Sender = (request: Request) => Response | Promise<Response>

/** Upstream, as the service meets it. */
export const upstream = {
  /** Path and query of every request. */
  calls: [] as string[],
  /** Who answers: the stand-in, unless a test puts something in its place. */
  send: askStandIn as Sender,
  /** Plans a fault of the stand-in: `fault=status&status=529&times=2`. */
  async plan(fault: string): Promise<void> {
    const { status } = await askStandIn(
      new Request(`${BASE_URL}/stand-in/faults?${fault}`, { method: 'POST' }),
    )
    expect(status).toBe(204)
  },
  async behave(): Promise<void> {
    upstream.send = askStandIn
    await askStandIn(new Request(`${BASE_URL}/stand-in/reset`, { method: 'POST' }))
  },
  get sweeps(): number {
    return upstream.calls.filter((call) => /^\/v1\/models\?(?!.*after_id)/.test(call)).length
  },
  get probes(): string[] {
    return upstream.calls.flatMap((call) => /^\/v1\/models\/(.+)$/.exec(call)?.[1] ?? [])
  },
}

/** The lines that the service wrote. */
export const lines: string[] = []

/** What the service said to anybody. */
const said: string[] = []
const unplanned: string[] = []

function askStandIn(request: Request): Promise<Response> {
  return standIn.fetch(request, { ...env, API_KEY: KEY })
}

/** What the stand-in itself answers: what a faithful copy answers, too. */
export function askUpstream(path: string): Promise<Response> {
  return askStandIn(
    new Request(BASE_URL + path, {
      headers: { 'x-api-key': KEY, 'anthropic-version': '2023-06-01' },
    }),
  )
}

/** The only `fetch` there is: it knows the one place and the one way in which the key may be sent. */
function fetchUpstream(request: Request): Promise<Response> {
  const { headers, method, redirect, url } = request
  const sent = [method, redirect, headers.get('x-api-key'), headers.get('anthropic-version')].join()
  if (
    !/^http:\/\/upstream\.test\/v1\/models(\?|\/[^/]+$)/.test(url) ||
    headers.has('authorization')
  ) {
    unplanned.push(url)
    throw new Error(`unexpected request to ${url}`)
  }
  if (sent !== `GET,manual,${KEY},2023-06-01`) unplanned.push(sent)
  upstream.calls.push(url.slice(BASE_URL.length))
  return Promise.resolve(upstream.send(request))
}

/** Each test gets an empty KV, a well-behaved upstream and a clock of its own; none may leak the key. */
export function stage(): void {
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: START })
    vi.stubGlobal('fetch', fetchUpstream)
    for (const method of ['log', 'error', 'warn'] as const) {
      vi.spyOn(console, method).mockImplementation((line) => void lines.push(String(line)))
    }
    for (const list of [upstream.calls, lines, said, unplanned]) list.length = 0
    await upstream.behave()
  })

  afterEach(async () => {
    const keys = (await env.CATALOG.list()).keys.map(({ name }) => name)
    const kept = await Promise.all(keys.map((key) => env.CATALOG.get(key)))
    vi.restoreAllMocks()
    vi.unstubAllGlobals()
    vi.useRealTimers()
    await reset()
    expect(unplanned).toEqual([])
    expect([...lines, ...said, ...kept].join('\n')).not.toContain(KEY)
  })
}

/** An isolate that has just started. */
export function isolate(bindings: Partial<Bindings> = {}): Service {
  const { CATALOG } = env
  return new Service({
    CATALOG,
    ANTHROPIC_API_KEY: KEY,
    ANTHROPIC_BASE_URL: BASE_URL,
    ...bindings,
  })
}

/** An isolate that has synced, so that there is something in KV and in memory. */
export async function synced(bindings: Partial<Bindings> = {}): Promise<Service> {
  const service = isolate(bindings)
  await service.tick(new Date())
  upstream.calls.length = 0
  lines.length = 0
  return service
}

export function later(ms: number): void {
  vi.setSystemTime(Date.now() + ms)
}

/** The cron's next tick, and the line that it wrote. */
export async function tick(service: Service, ms = 5 * MINUTE): Promise<Record<string, unknown>> {
  later(ms)
  lines.length = 0
  await service.tick(new Date())
  expect(lines).toHaveLength(1)
  return JSON.parse(lines[0]!) as Record<string, unknown>
}

/** The answer, once all that goes on behind it has ended; it must be one that the contract knows. */
export async function ask(service: Service, path: string, init?: RequestInit): Promise<Response> {
  const response = await askFreely(service, path, init)
  const { headers, status } = response
  const { method, url } = requestFor(path, init)
  const body = await response.clone().text()
  expect(departures({ method, url, status, headers, body })).toEqual([])
  return response
}

/** The same, of models that are not as Anthropic says. */
export async function askFreely(
  service: Service,
  path: string,
  init?: RequestInit,
): Promise<Response> {
  const context = createExecutionContext()
  const response = await service.respond(requestFor(path, init), context)
  await waitOnExecutionContext(context)
  said.push(JSON.stringify([...response.headers]), await response.clone().text())
  return response
}

export function requestFor(path: string, init?: RequestInit): Request {
  return new Request(`https://models.test${path}`, init)
}

export async function bodyOf<Body>(answer: Response | Promise<Response>): Promise<Body> {
  return (await answer).json<Body>()
}

/** Status, headers and body of an answer, but for its request id. */
export async function contentOf(response: Response): Promise<unknown> {
  const { 'request-id': id, ...headers } = Object.fromEntries(response.headers)
  expect(id).toMatch(/^req_[1-9A-HJ-NP-Za-km-z0]{24}$/)
  return { status: response.status, headers, body: await response.text() }
}

/** The stored value. */
export function stored(): Promise<string | null> {
  return env.CATALOG.get('catalog:v1')
}

/** KV, except for some of it. */
export function kvWith(
  instead: Readonly<{
    get?: (key: string) => Promise<string | null>
    put?: (key: string, value: Uint8Array | string) => Promise<void>
    list?: () => Promise<{ readonly keys: readonly { readonly name: string }[] }>
  }>,
): KVNamespace {
  const { CATALOG } = env
  return {
    get: (key: string) => CATALOG.get(key),
    list: (options: KVNamespaceListOptions) => CATALOG.list(options),
    put: (key: string, value: string) => CATALOG.put(key, value),
    ...instead,
  } as unknown as KVNamespace
}

export function model(id: string, fields: Partial<ModelInfo> = {}): ModelInfo {
  return { type: 'model', id, display_name: id, created_at: '2026-01-01T00:00:00Z', ...fields }
}

/** An upstream that lists these models (or their texts) on one page, and knows these aliases. */
export function listing(
  models: readonly (ModelInfo | string)[],
  aliases: Readonly<Record<string, string>> = {},
): Sender {
  const texts = models.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))
  return ({ url }) => {
    const name = new URL(url).pathname.split('/')[3]
    if (name === undefined) {
      return json(`{"data":[${texts.join()}],"has_more":false,"first_id":null,"last_id":null}`)
    }
    const id = aliases[name] ?? name
    const found = texts.find((text) => (JSON.parse(text) as ModelInfo).id === id)
    return found === undefined ? json(notFound, 404) : json(found)
  }
}

const notFound = '{"type":"error","error":{"type":"not_found_error","message":"model: none"}}'

export function json(text: string, status = 200): Response {
  return new Response(text, { status, headers: { 'content-type': 'application/json' } })
}

/** A KV of its own, which holds this and forgets whatever is put. */
export function nothingKept(value: string | null = null): KVNamespace {
  return kvWith({
    get: (key) => Promise.resolve(key === 'catalog:v1' ? value : null),
    put: () => Promise.resolve(),
    list: () => Promise.resolve({ keys: value === null ? [] : [{ name: 'catalog:v1' }] }),
  })
}
