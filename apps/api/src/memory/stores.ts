import type { KeeperRpc } from '../keeper/keeper.ts'
import type { Kv } from '../platform/bindings.ts'
import type { Platform } from '../platform/platform.ts'
import { withinTime } from '../platform/within-time.ts'
import { type Decoded, decode, SNAPSHOT_KEY } from '../snapshot/coding.ts'
import { KEEPER_PATIENCE_MS, KV_CACHE_SECONDS, KV_PATIENCE_MS } from '../timing.ts'

interface Parts {
  readonly kv: Kv
  readonly keeper: KeeperRpc
  readonly platform: Platform
}

/** Where a snapshot can be had. Who fails, or does not answer in time, has nothing to add. */
export class Stores {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  kv(): Promise<Decoded | undefined> {
    const { kv } = this.#parts
    return this.#within(KV_PATIENCE_MS, async () => {
      const text = await kv.get(SNAPSHOT_KEY, { cacheTtl: KV_CACHE_SECONDS })
      return text === null ? undefined : decode(text)
    })
  }

  copy(): Promise<Decoded | undefined> {
    return this.#within(KEEPER_PATIENCE_MS, async () => fromBytes(await this.#parts.keeper.copy()))
  }

  knock(): Promise<Decoded | undefined> {
    return this.#within(KEEPER_PATIENCE_MS, async () => fromBytes(await this.#parts.keeper.knock()))
  }

  #within(ms: number, read: () => Promise<Decoded | undefined>): Promise<Decoded | undefined> {
    return withinTime(this.#parts.platform, ms, read()).catch(() => undefined)
  }
}

/** What the Keeper gave. */
export function fromBytes(bytes: Uint8Array | null): Decoded | undefined {
  return bytes ? decode(new TextDecoder().decode(bytes)) : undefined
}
