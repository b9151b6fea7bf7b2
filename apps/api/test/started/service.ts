import { type Kv, startKv } from '@models-edge/testing/kv'
import { type StartedUpstream, startUpstream } from '@models-edge/testing/upstream'
import { aliases, models } from '@models-edge/upstream/catalogue'
import { beforeAll, expect } from 'vitest'
import { SNAPSHOT_KEY } from '../../src/snapshot/coding.ts'
import { type PlainWorkerd, startWorkerd } from './workerd.ts'

/** What upstream lists unless a test says otherwise. */
const recorded = {
  models: models.map((model) => JSON.stringify(model)),
  aliases: Object.fromEntries(aliases),
}

export const currentIds = models
  .filter(({ lifecycle }) => lifecycle !== 'retired')
  .map(({ id }) => id)

/** The production bundle in workerd, with a KV and an upstream of its own. */
export interface StartedService extends PlainWorkerd {
  readonly kv: Kv
  readonly upstream: StartedUpstream
  /** Ends the Worker, and leaves what it stands between. */
  kill(): Promise<void>
}

export async function startService(
  behaviour: Partial<Parameters<typeof startUpstream>[0]> = {},
  options: Parameters<typeof startWorkerd>[2] = {},
): Promise<StartedService> {
  await using starting = new AsyncDisposableStack()
  const kv = starting.use(await startKv())
  const upstream = starting.use(await startUpstream({ ...recorded, ...behaviour }))
  const workerd = starting.use(await startWorkerd(kv.origin, upstream.origin, options))
  const running = starting.move()
  const close = () => running.disposeAsync()
  return {
    ...workerd,
    kv,
    upstream,
    kill: () => workerd.close(),
    close,
    [Symbol.asyncDispose]: close,
  }
}

export interface Service {
  readonly origin: string
  readonly kv: Kv
  readonly upstream: StartedUpstream
  /** A tick of the cron, unless told a minute after the one before. What it wrote is served from then on. */
  tick(minutes?: number): Promise<void>
  /** Everything that it has logged, once this is among it. */
  logged(text: string): Promise<string>
}

/** A service that has synced once, while a test file runs. */
export function useService(key = 'stand-in-key'): Service {
  let service: StartedService
  async function tick(minutes = 1): Promise<void> {
    await service.tick(minutes)
    await untilShown(service.origin, service.kv.values.get(SNAPSHOT_KEY) ?? '')
  }
  beforeAll(async () => {
    service = await startService({}, { bindings: { ANTHROPIC_API_KEY: key }, watched: true })
    await tick(0)
    return () => service.close()
  })
  return {
    get origin() {
      return service.origin
    },
    get kv() {
      return service.kv
    },
    get upstream() {
      return service.upstream
    },
    tick,
    async logged(text) {
      await service.written(text)
      return service.output()
    },
  }
}

/** An isolate does not wait for KV when it has something to serve: what it serves may be older at first. */
async function untilShown(origin: string, value: string): Promise<void> {
  const { failure, synced_at } = JSON.parse(value) as {
    readonly synced_at: string
    readonly failure: { readonly failed_at: string } | null
  }
  const wanted = JSON.stringify([synced_at, failure?.failed_at])
  for (let shown = ''; shown !== wanted;) {
    const health = (await (await fetch(`${origin}/health`)).json()) as {
      readonly synced_at: string | null
      readonly last_failure: { readonly at: string } | null
    }
    shown = JSON.stringify([health.synced_at, health.last_failure?.at])
  }
}

/** A model's text, with little more than its id. */
export function modelText(id: string): string {
  return JSON.stringify({ type: 'model', id, display_name: id, created_at: '2026-01-01T00:00:00Z' })
}

/** What is served in the end. A busy machine may be told before that there is nothing yet, and to ask again. */
export async function served(url: string): Promise<string> {
  for (;;) {
    const response = await fetch(url)
    const body = await response.text()
    if (response.status !== 503) {
      expect(response.status).toBe(200)
      return body
    }
    expect(response.headers.has('retry-after')).toBe(true)
  }
}
