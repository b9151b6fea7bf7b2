import type { Invariant, Sight } from '../witness.ts'

/**
 * Whether somebody has to look: the Keeper has lost its storage, and KV holds what later code has written.
 * That is never written over, and readers come to the Keeper when they notice. Nothing heals by itself.
 */
export class Operator implements Invariant {
  isNeeded = false

  see(sight: Sight): void {
    if (sight.kind !== 'log' || sight.line['event'] !== 'sync') return
    this.isNeeded = sight.line['reason'] === 'kv_later_format'
  }
}
