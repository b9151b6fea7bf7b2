import { setTimeout as sleep } from 'node:timers/promises'
import { type Kv, startKv } from '@models-edge/testing/kv'
import type { Listener } from '@models-edge/testing/listener'
import { type Modules, shippedModules } from './modules.ts'
import type { Running } from './running.ts'
import { type Catalogue, startUpstream } from './upstream.ts'
import { startWorkerd } from './workerd.ts'

/** What contenders stand in: an upstream with some models, and a KV that a sync has filled. */
export interface World {
  readonly catalogue: Catalogue
  readonly upstream: Listener
  readonly kv: Kv
  readonly shipped: Modules
  [Symbol.asyncDispose](): Promise<void>
}

/** Where the shipped Worker keeps its copy in KV. */
export const SNAPSHOT = 'catalog:v2'

let shipped: Promise<Modules> | undefined

export async function startWorld(catalogue: Catalogue): Promise<World> {
  shipped ??= shippedModules()
  const modules = await shipped
  const [upstream, kv] = await Promise.all([startUpstream(catalogue), startKv()])
  return {
    catalogue,
    upstream,
    kv,
    shipped: modules,
    async [Symbol.asyncDispose]() {
      await Promise.all([upstream.close(), kv.close()])
    },
  }
}

/** A world whose KV holds a snapshot, and the same models as other contenders want to read them. */
export async function startFilledWorld(catalogue: Catalogue): Promise<World> {
  const world = await startWorld(catalogue)
  const service = await startShipped(world)
  try {
    await served(service.origin)
    await published(world)
  } finally {
    await service.stop()
  }
  await fetch(`${world.kv.origin}/models`, { method: 'PUT', body: JSON.stringify(catalogue) })
  return world
}

/** Asks until there is a list: a first sync may take longer than a request waits for it. */
export async function served(origin: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${origin}/v1/models`)
    await answer.arrayBuffer()
    if (answer.ok) return
    const health = (await (await fetch(`${origin}/health`)).json()) as Health
    if (health.last_failure) throw new Error(`The first sync failed: ${health.last_failure.reason}`)
  }
}

/** Waits until KV has it all: the list is served first, and what aliases stand for is asked then. */
export async function published({ catalogue, kv }: World): Promise<void> {
  const wanted = Object.keys(catalogue.aliases).length
  for (;;) {
    const { aliases } = JSON.parse(kv.values.get(SNAPSHOT) ?? '{}') as {
      readonly aliases?: readonly unknown[]
    }
    if (aliases && aliases.length >= wanted) return
    await sleep(20)
  }
}

interface Health {
  readonly last_failure: { readonly reason: string } | null
}

/** The shipped Worker, with the bindings that it can live with. */
export function startShipped(
  { kv, upstream, shipped: own }: World,
  modules: Modules = own,
  bindings: Readonly<Record<string, string>> = {},
  disk?: string,
): Promise<Running> {
  return startWorkerd({
    modules,
    disk,
    bindings: {
      CATALOG: { kv: kv.origin },
      KEEPER: { objects: 'Keeper' },
      ANTHROPIC_API_KEY: 'any',
      ANTHROPIC_BASE_URL: upstream.origin,
      ...bindings,
    },
  })
}
