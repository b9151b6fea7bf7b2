import type { Scheduler } from './scheduler.ts'

/** Whoever waits for something. Once dead, nothing that it waited for comes. */
export interface Life {
  readonly alive: boolean
}

/** How a call of something outside ends: after so long, or never. */
export type Outcome<Value> =
  | { readonly ms: number; readonly value: Value }
  | { readonly ms: number; readonly error: Error }
  | 'never'

/** Brings the outcome to whoever waits, if it still lives then. */
export function deliver<Value>(
  scheduler: Scheduler,
  life: Life,
  outcome: Outcome<Value>,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    if (outcome === 'never') return
    scheduler.after(outcome.ms, () => {
      if (!life.alive) return
      if ('error' in outcome) reject(outcome.error)
      else resolve(outcome.value)
    })
  })
}

/** Waits on the clock of the world; rejects when the signal aborts. */
export function sleep(
  scheduler: Scheduler,
  life: Life,
  ms: number,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const callOff = scheduler.after(Math.max(0, ms), () => {
      signal?.removeEventListener('abort', stop)
      if (life.alive) resolve()
    })
    const stop = (): void => {
      callOff()
      reject(signal?.reason as Error)
    }
    signal?.addEventListener('abort', stop, { once: true })
  })
}
