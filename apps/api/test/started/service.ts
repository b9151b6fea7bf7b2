import { type Kv, startKv } from '@models-edge/testing/kv'
import { beforeAll } from 'vitest'
import { SNAPSHOT_KEY } from '../../src/snapshot/coding.ts'
import { type PlainWorkerd, startWorkerd } from './workerd.ts'

interface Options {
  /** The origin of its upstream, once that is known. */
  readonly upstream: () => string
  readonly key?: string
}

export interface Service {
  readonly origin: string
  /** A tick of the cron, unless told a minute after the one before. What it wrote is served from then on. */
  tick(minutes?: number): Promise<void>
  /** Everything that it has logged, once this is among it. */
  logged(text: string): Promise<string>
  /** Everything that KV and the Keeper hold. */
  stored(): Promise<string>
}

/** The production bundle with a KV of its own, while a test file runs. */
export function useService({ upstream, key = 'stand-in-key' }: Options): Service {
  let kv: Kv
  let workerd: PlainWorkerd
  let ticks = 0
  beforeAll(async () => {
    await using starting = new AsyncDisposableStack()
    kv = starting.use(await startKv())
    const options = { bindings: { ANTHROPIC_API_KEY: key }, watched: true }
    workerd = starting.use(await startWorkerd(kv.origin, upstream(), options))
    const running = starting.move()
    return () => running.disposeAsync()
  })

  return {
    get origin() {
      return workerd.origin
    },
    async tick(minutes = ticks === 0 ? 0 : 1) {
      ticks += 1
      await workerd.tick(minutes)
      const value = kv.values.get(SNAPSHOT_KEY)
      if (value !== undefined) await untilShown(workerd.origin, value)
    },
    async logged(text) {
      await workerd.written(text)
      return workerd.output()
    },
    async stored() {
      const kept = await (await fetch(`${workerd.origin}/-/kept`)).text()
      return JSON.stringify([...kv.values, kept])
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
