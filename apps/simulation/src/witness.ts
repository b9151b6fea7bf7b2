import type { Change } from '@models-edge/core'
import type { Isolate } from './places/isolate.ts'
import type { Wire } from './places/edge-cache.ts'
import type { Said } from './upstream/upstream.ts'

/** An answer of the Worker itself, before any cache. */
export interface Answered {
  readonly kind: 'answer'
  readonly isolate: Isolate
  readonly target: string
  readonly asked: number
  /** Undefined where it was lost with its isolate, or nobody waited for it. */
  readonly wire: Wire | undefined
}

/** Somebody calls the Keeper. */
export interface Call {
  readonly kind: 'call'
  readonly method: string
  readonly place: number
  /** The isolate, and whether the cron made it. */
  readonly from: string
  readonly isTick: boolean
}

/** Whatever can be seen of the service from outside, and what its operator sees of it. */
export type Sight =
  | Answered
  /** What a client got, perhaps of a cache. */
  | {
      readonly kind: 'client'
      readonly place: number
      readonly target: string
      readonly wire: Wire
    }
  | { readonly kind: 'put'; readonly key: string; readonly value: string }
  | Call
  | {
      readonly kind: 'upstream asked'
      readonly name: string | undefined
      /** Whether a list begins with it. */
      readonly isSweep: boolean
    }
  | { readonly kind: 'upstream says'; readonly name: string | undefined; readonly said: Said }
  | { readonly kind: 'keeper dies'; readonly why: string }
  | {
      readonly kind: 'log'
      readonly from: string
      readonly line: Readonly<Record<string, unknown>>
    }
  | { readonly kind: 'followed'; readonly follower: string; readonly change: Change }
  | { readonly kind: 'caught up'; readonly follower: string }
  /** Somebody has read the feed or the calendar. */
  | {
      readonly kind: 'read'
      readonly reader: string
      readonly target: string
      readonly syncedAt: string
      readonly text: string
    }
  | { readonly kind: 'kv read'; readonly isolate: Isolate }
  | { readonly kind: 'too late'; readonly follower: string; readonly cursor: string | undefined }

/** Somebody who watches that a promise is kept. */
export interface Invariant {
  see?(sight: Sight): void
  /** At the end of a run, when all faults are over for long enough. */
  end?(): void
}

export class Witness {
  readonly #invariants: Invariant[] = []
  /** How much was shown, by kind. */
  readonly shown = new Map<Sight['kind'], number>()

  add(invariant: Invariant): void {
    this.#invariants.push(invariant)
  }

  see(sight: Sight): void {
    this.shown.set(sight.kind, (this.shown.get(sight.kind) ?? 0) + 1)
    for (const invariant of this.#invariants) invariant.see?.(sight)
  }

  end(): void {
    for (const invariant of this.#invariants) invariant.end?.()
  }
}
