import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll } from 'vitest'
import { createTestHarness, unstable_readConfig as readConfig } from 'wrangler'
import { SNAPSHOT_KEY } from '../../src/snapshot/coding.ts'
import { serviceOrigins } from './origins.ts'
import { copyWatchedBundle } from './workerd.ts'

interface Options {
  /** The origin of its upstream, once that is known. */
  readonly upstream: () => string
  readonly key?: string
}

export interface Service {
  readonly origin: string
  /** A tick of the cron, unless told a minute after the one before. What it wrote is served from then on. */
  tick(minutes?: number): Promise<void>
  /** Everything that it has logged so far. */
  log(): string
  /** Everything that KV and the Keeper hold. */
  stored(): Promise<string>
}

const configPath = fileURLToPath(new URL('../../../../wrangler.jsonc', import.meta.url))

/** The production bundle as wrangler runs it, on a port of its own while a test file runs. */
export function useService({ upstream, key = 'stand-in-key' }: Options): Service {
  const server = createTestHarness()
  const kv = async () => (await server.getWorker<{ CATALOG: Namespace }>().getEnv()).CATALOG
  let folder = ''
  let origin = ''
  let ticks = 0
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'models-edge-service-'))
    await copyWatchedBundle(folder)
    await server.update({
      workers: [
        {
          configPath,
          prebuiltWorkerDir: folder,
          // As deployed, whatever a `.dev.vars` says.
          vars: { ...readConfig({ config: configPath }).vars, ANTHROPIC_BASE_URL: upstream() },
          secrets: { ANTHROPIC_API_KEY: key },
        },
      ],
    })
    origin = (await server.listen()).url.origin
    serviceOrigins.add(origin)
  })
  afterAll(async () => {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  })

  return {
    get origin() {
      return origin
    },
    async tick(minutes = ticks === 0 ? 0 : 1) {
      ticks += 1
      await fetch(`${origin}/-/tick?minutes=${minutes}`)
      const text = await (await kv()).get(SNAPSHOT_KEY)
      if (text !== null) await untilShown(origin, JSON.parse(text) as Told)
    },
    log: () => JSON.stringify(server.getLogs()),
    async stored() {
      const catalog = await kv()
      const { keys } = await catalog.list()
      const values = await Promise.all(keys.map(({ name }) => catalog.get(name)))
      const kept = await (await fetch(`${origin}/-/kept`)).text()
      return JSON.stringify([keys, values, kept])
    },
  }
}

/** The part of a KV namespace that is used here. */
interface Namespace {
  list(): Promise<{ readonly keys: readonly { readonly name: string }[] }>
  get(name: string): Promise<string | null>
}

interface Told {
  readonly synced_at: string
  readonly failure: { readonly failed_at: string } | null
}

/** An isolate does not wait for KV when it has something to serve: what it serves may be older at first. */
async function untilShown(origin: string, { failure, synced_at }: Told): Promise<void> {
  const told = JSON.stringify([synced_at, failure?.failed_at])
  for (let shown = ''; shown !== told;) {
    const health = (await (await fetch(`${origin}/health`)).json()) as Health
    shown = JSON.stringify([health.synced_at, health.last_failure?.at])
  }
}

interface Health {
  readonly synced_at: string | null
  readonly last_failure: { readonly at: string } | null
}
