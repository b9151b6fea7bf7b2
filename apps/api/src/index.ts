import { DurableObject } from 'cloudflare:workers'
import { composeKeeper, composeWorker, keeperIn, type Worker } from './compose.ts'
import { lastResort } from './http/error-answer.ts'
import type { KeeperRpc } from './keeper/keeper.ts'
import { workers } from './platform/workers.ts'

let worker: Worker | undefined

function workerOf(env: Env): Worker {
  return (worker ??= composeWorker(env, keeperIn(env.KEEPER), workers))
}

export default {
  async fetch(request, env, context) {
    try {
      return await workerOf(env).respond(request, context)
    } catch (error) {
      return lastResort(error, workers.log)
    }
  },

  async scheduled(_, env) {
    await workerOf(env).tick()
  },
} satisfies ExportedHandler<Env>

/** The object that Cloudflare keeps one of in the world. */
export class Keeper extends DurableObject<Env> implements KeeperRpc {
  readonly #keeper = composeKeeper(this.env, this.ctx.storage, workers)

  knock(): Promise<Uint8Array | null> {
    return this.#keeper.knock()
  }

  copy(): Promise<Uint8Array | null> {
    return this.#keeper.copy()
  }
}
