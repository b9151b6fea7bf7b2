import { Endpoints } from './endpoints/endpoints.ts'
import { routesOf } from './endpoints/routes.ts'
import { Keeper, type KeeperRpc } from './keeper/keeper.ts'
import type { Storage } from './keeper/storage.ts'
import { connectUpstream } from './keeper/upstream.ts'
import { Memory } from './memory/memory.ts'
import { fromBytes, Stores } from './memory/stores.ts'
import type { Assets, Kv } from './platform/bindings.ts'
import type { Background, Platform } from './platform/platform.ts'
import { withinTime } from './platform/within-time.ts'
import { commaList } from './snapshot/comma-list.ts'
import { hiddenBy } from './snapshot/hidden.ts'
import { KEEPER_PATIENCE_MS } from './timing.ts'

/** What is configured. Only KV, the Keeper and the key are needed. */
export interface Configuration {
  readonly CATALOG?: Kv
  readonly ASSETS?: Assets
  readonly ANTHROPIC_API_KEY?: string
  readonly ANTHROPIC_BASE_URL?: string
  readonly ANTHROPIC_VERSION?: string
  readonly HIDDEN_MODELS?: string
  readonly EXTRA_ALIASES?: string
  readonly PUBLIC_URL?: string
}

/** The part of a namespace of Durable Objects that is needed. */
interface Namespace {
  getByName(name: string, options: { readonly locationHint: 'wnam' }): KeeperRpc
}

/** The Worker in one isolate. */
export interface Worker {
  respond(request: Request, background: Background): Response | Promise<Response>
  /** A tick of the cron. */
  tick(): Promise<void>
}

/** Wires the parts of a Worker: the only place that knows what is configured and what the platform gives. */
export function composeWorker(env: Configuration, keeper: KeeperRpc, platform: Platform): Worker {
  const memory = new Memory({
    stores: new Stores({ kv: env.CATALOG ?? missingKv(), keeper, platform }),
    isHidden: hiddenBy(env.HIDDEN_MODELS),
    platform,
  })
  let endpoints: Endpoints | undefined
  return {
    respond(request, background) {
      // A tick of the cron needs none.
      endpoints ??= new Endpoints(
        memory,
        routesOf({ platform, publicURL: env.PUBLIC_URL, assets: env.ASSETS }),
        platform.log,
      )
      return endpoints.respond(request, background)
    },
    async tick() {
      try {
        memory.adopt(fromBytes(await withinTime(platform, 2 * KEEPER_PATIENCE_MS, keeper.knock())))
      } catch (error) {
        platform.log({ event: 'knock', outcome: 'failed', message: String(error) })
      }
    },
  }
}

/** Wires the parts of the Keeper around its storage. */
export function composeKeeper(env: Configuration, storage: Storage, platform: Platform): Keeper {
  const hidden = commaList(env.HIDDEN_MODELS).join()
  return new Keeper({
    storage,
    kv: env.CATALOG ?? missingKv(),
    upstream: connectUpstream(
      {
        apiKey: env.ANTHROPIC_API_KEY,
        baseURL: env.ANTHROPIC_BASE_URL || undefined,
        version: env.ANTHROPIC_VERSION || undefined,
      },
      platform,
    ),
    visibility: { hidden, isHidden: hiddenBy(hidden) },
    extraAliases: commaList(env.EXTRA_ALIASES),
    platform,
  })
}

/** The one Keeper in the world, near to where upstream blocks nobody. */
export function keeperIn(namespace: Namespace | undefined): KeeperRpc {
  if (!namespace) return missingKeeper()
  // A stub that has failed stays broken: each call gets one of its own.
  const stub = (): KeeperRpc => namespace.getByName('catalog', { locationHint: 'wnam' })
  return { knock: () => stub().knock(), copy: () => stub().copy() }
}

/** A binding that is missing: the service runs without, and whoever uses it is told so. */
function missing(binding: string): () => Promise<never> {
  return () => Promise.reject(new Error(`The binding ${binding} is missing`))
}

function missingKv(): Kv {
  const refuse = missing('CATALOG')
  return { get: refuse, put: refuse, list: refuse }
}

function missingKeeper(): KeeperRpc {
  const refuse = missing('KEEPER')
  return { knock: refuse, copy: refuse }
}
