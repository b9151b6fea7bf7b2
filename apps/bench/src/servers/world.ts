import { type Kv, startKv } from '@models-edge/api/test/kv'
import { type Modules, shippedModules } from './modules.ts'
import type { Running } from './running.ts'
import { type Catalogue, startUpstream, type Upstream } from './upstream.ts'
import { startWorkerd } from './workerd.ts'

/** What contenders stand in: an upstream with some models, and a KV that a sync has filled. */
export interface World {
  readonly catalogue: Catalogue
  readonly upstream: Upstream
  readonly kv: Kv
  readonly shipped: Modules
  [Symbol.asyncDispose](): Promise<void>
}

let shipped: Promise<Modules> | undefined

export async function startWorld(catalogue: Catalogue, delayMs = 0): Promise<World> {
  shipped ??= shippedModules()
  const modules = await shipped
  const [upstream, kv] = await Promise.all([startUpstream(catalogue, delayMs), startKv()])
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
  const answer = await fetch(`${service.origin}/v1/models`)
  await service.stop()
  if (!answer.ok) throw new Error(`The first sync failed: ${await answer.text()}`)
  await fetch(`${world.kv.origin}/models`, { method: 'PUT', body: JSON.stringify(catalogue) })
  return world
}

/** The shipped Worker, with the bindings that it can live with. */
export function startShipped(
  { kv, upstream, shipped: own }: World,
  modules: Modules = own,
  bindings: Readonly<Record<string, string>> = {},
): Promise<Running> {
  return startWorkerd({
    modules,
    bindings: {
      CATALOG: { kv: kv.origin },
      ANTHROPIC_API_KEY: 'any',
      ANTHROPIC_BASE_URL: upstream.origin,
      ...bindings,
    },
  })
}
