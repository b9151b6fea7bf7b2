import {
  createExecutionContext,
  reset,
  runInDurableObject,
  waitOnExecutionContext,
} from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { ErrorBody, ModelInfo } from '@models-edge/core'
import standIn from '@models-edge/upstream'
import { afterEach, beforeEach, expect, vi } from 'vitest'
import { composeKeeper, composeWorker, type Configuration, type Worker } from '../../src/compose.ts'
import type { KeeperRpc } from '../../src/keeper/keeper.ts'
import type { Platform } from '../../src/platform/platform.ts'
import { SNAPSHOT_KEY } from '../../src/snapshot/coding.ts'
import { departures } from '../contract.ts'
import { modelInfo, NOW } from './snapshots.ts'
import { apiError, json } from './upstream.ts'

declare global {
  /** The stand-in's binding, whose source these tests run. */
  interface Env {
    readonly API_KEY: string
  }
}

export const KEY = 'stand-in-key'
const BASE_URL = 'http://upstream.test'
export const MINUTE = 60_000

type Sender = (request: Request) => Response | Promise<Response>

/** Upstream, as the Keeper meets it. */
export const upstream = {
  /** Path and query of every request. */
  calls: [] as string[],
  /** Who answers: the stand-in, unless a test puts something in its place. */
  send: askStandIn as Sender,
}

/** The lines that the service wrote. */
export const lines: string[] = []

/** What the service said to anybody. */
const said: string[] = []
const unplanned: string[] = []

function askStandIn(request: Request): Promise<Response> {
  return standIn.fetch(request, { ...env, API_KEY: KEY })
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

let now = NOW

/** What a Worker and the Keeper take from outside. No time passes unless a test lets it. */
const platform: Platform = {
  now: () => now,
  random: () => 0.5,
  fetch: fetchUpstream,
  log: (line) => void lines.push(JSON.stringify(line)),
  /** A mere pause is over at once, and a limit never comes. */
  sleep: (_, signal) =>
    new Promise((resolve, reject) => {
      if (!signal) resolve()
      signal?.addEventListener('abort', () => reject(signal.reason as Error))
    }),
}

export function later(ms: number): void {
  now += ms
}

/** Each test gets an empty KV, an empty Keeper, a well-behaved upstream and a clock; none may leak the key. */
export function stage(): void {
  beforeEach(() => {
    vi.stubGlobal('fetch', fetchUpstream)
    for (const method of ['log', 'error', 'warn'] as const) {
      vi.spyOn(console, method).mockImplementation((line) => void lines.push(String(line)))
    }
    for (const list of [upstream.calls, lines, said, unplanned]) list.length = 0
    now = NOW
    upstream.send = askStandIn
  })

  afterEach(async () => {
    vi.restoreAllMocks()
    vi.unstubAllGlobals()
    const keys = (await env.CATALOG.list()).keys.map(({ name }) => name)
    const kept = await Promise.all(keys.map((key) => env.CATALOG.get(key)))
    await reset()
    expect(unplanned).toEqual([])
    expect([...lines, ...said, ...kept].join('\n')).not.toContain(KEY)
  })
}

/** An isolate that has just started, and the Keeper behind it: both as they are configured. */
export function isolate(bindings: Configuration = {}, name = 'catalog'): Worker {
  const configured = {
    CATALOG: env.CATALOG,
    ANTHROPIC_API_KEY: KEY,
    ANTHROPIC_BASE_URL: BASE_URL,
    ...bindings,
  }
  let keeper: KeeperRpc | undefined
  const call = (method: keyof KeeperRpc): Promise<Uint8Array | null> =>
    runInDurableObject(env.KEEPER.getByName(name), (_, { storage }) => {
      keeper ??= composeKeeper(configured, storage, platform)
      return keeper[method]()
    })
  const stub = { knock: () => call('knock'), copy: () => call('copy') }
  return composeWorker(configured, stub, platform)
}

/** An isolate after the first tick, so that there is something in KV and in memory. */
export async function synced(...configured: Parameters<typeof isolate>): Promise<Worker> {
  const service = isolate(...configured)
  await service.tick()
  upstream.calls.length = 0
  lines.length = 0
  return service
}

/** The cron's next tick, and the line that it wrote. */
export async function tick(service: Worker, ms = MINUTE): Promise<Record<string, unknown>> {
  later(ms)
  lines.length = 0
  await service.tick()
  expect(lines).toHaveLength(1)
  return JSON.parse(lines[0]!) as Record<string, unknown>
}

/** Two ticks: what upstream says otherwise than before is believed when it is said twice. */
export async function settle(service: Worker): Promise<void> {
  await tick(service)
  await tick(service)
}

/** The answer, once all that goes on behind it has ended; it must be one that the contract knows. */
export async function ask(service: Worker, path: string, init?: RequestInit): Promise<Response> {
  const request = requestFor(path, init)
  const context = createExecutionContext()
  const response = await service.respond(request, context)
  await waitOnExecutionContext(context)
  const { headers, status } = response
  const body = await response.clone().text()
  said.push(JSON.stringify([...headers]), body)
  const { method, url } = request
  expect(departures({ method, url, status, headers, body })).toEqual([])
  return response
}

export function requestFor(path: string, init?: RequestInit): Request {
  return new Request(`https://models.test${path}`, init)
}

export async function bodyOf<Body>(answer: Response | Promise<Response>): Promise<Body> {
  return (await answer).json<Body>()
}

/** An error as it is told, in one line. */
export async function refused(response: Response): Promise<string> {
  const { type, error, request_id } = await response.clone().json<ErrorBody>()
  expect(type).toBe('error')
  expect(request_id).toBe(response.headers.get('request-id'))
  expect(response.headers.get('content-type')).toBe('application/json')
  return `${response.status} ${error.type}: ${error.message}`
}

/** The stored value. */
export function stored(): Promise<string | null> {
  return env.CATALOG.get(SNAPSHOT_KEY)
}

export function model(id: string, fields: Partial<ModelInfo> = {}): ModelInfo {
  return modelInfo(id, { display_name: id, ...fields })
}

/** An upstream that lists these models (or their texts) on one page, and knows no aliases. */
export function onePage(models: readonly (ModelInfo | string)[]): Sender {
  const texts = models.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))
  const ends = '"has_more":false,"first_id":null,"last_id":null'
  return ({ url }) =>
    new URL(url).pathname === '/v1/models'
      ? json(`{"data":[${texts.join()}],${ends}}`)
      : apiError(404, 'not_found_error')
}
