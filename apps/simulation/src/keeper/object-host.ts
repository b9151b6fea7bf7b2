import { deliver, type Life, type Outcome } from '../life.ts'
import type { Random } from '../random.ts'
import type { Scheduler } from '../scheduler.ts'
import { Disk, type Storage } from './disk.ts'

/** The methods of an object, as whoever calls it from afar sees them. */
type Methods<Stub> = { readonly [Name in keyof Stub]: (...given: never[]) => Promise<unknown> }

/** An object in memory: it has its code, and dies with all that it waits for. */
class Incarnation {
  alive = true
  /** Calls under way, which fail when it dies. */
  readonly callers = new Set<(error: Error) => void>()
}

interface Parts<Stub> {
  readonly scheduler: Scheduler
  readonly random: Random
  /** Makes the object anew, around what is stored. */
  readonly make: (storage: Storage, life: Life) => Stub
  readonly died?: (why: string) => void
}

/**
 * A Durable Object with SQLite: it is made when it is called, interleaves wherever it waits, and dies when
 * it is killed. Nothing leaves it before all that it wrote is safe. test/calibration holds it against a
 * real one.
 */
export class ObjectHost<Stub extends Methods<Stub>> {
  readonly #parts: Parts<Stub>
  #current: { readonly incarnation: Incarnation; readonly stub: Stub } | undefined
  /** After so many more answers of the platform, it dies. */
  #diesAfter: number | undefined
  disk = new Disk()

  constructor(parts: Parts<Stub>) {
    this.#parts = parts
  }

  /** Calls a method, once the call has arrived. */
  call<Name extends keyof Stub>(
    name: Name,
    ...given: Parameters<Stub[Name]>
  ): ReturnType<Stub[Name]> {
    const called = new Promise((resolve, reject) => {
      // What its constructor throws is what the call ends with.
      const { incarnation, stub } = (this.#current ??= this.#born())
      const { callers } = incarnation
      callers.add(reject)
      const end = (tell: () => void): void =>
        this.#afterFlush(incarnation, () => {
          callers.delete(reject)
          tell()
        })
      stub[name](...given).then(
        (value) => end(() => resolve(value)),
        (error: unknown) => end(() => reject(error)),
      )
    })
    return called as ReturnType<Stub[Name]>
  }

  /** Gives whether it was there. */
  kill(why: string): boolean {
    const incarnation = this.#current?.incarnation
    this.#diesAfter = undefined
    if (!incarnation) return false
    this.#parts.died?.(why)
    incarnation.alive = false
    this.#current = undefined
    this.disk.lose()
    for (const reject of incarnation.callers) reject(new Error('Durable Object reset'))
    return true
  }

  /** It dies in the middle of its work, when it has waited for so many more things. */
  killAfter(count: number): void {
    this.#diesAfter = count
  }

  /** What goes out waits until all that was written is safe. */
  outward<Value>(life: Life, send: () => Outcome<Value>): Promise<Value> {
    const { scheduler } = this.#parts
    return new Promise((resolve, reject) => {
      this.#afterFlush(life, () => {
        this.#count()
        if (!life.alive) return
        deliver(scheduler, life, send()).then(resolve, reject)
      })
    })
  }

  #born(): { readonly incarnation: Incarnation; readonly stub: Stub } {
    const incarnation = new Incarnation()
    return { incarnation, stub: this.#parts.make(this.disk.storageFor(incarnation), incarnation) }
  }

  #afterFlush(life: Life, then: () => void): void {
    if (!life.alive) return
    if (!this.disk.isDirty) {
      then()
      return
    }
    this.#parts.scheduler.after(this.#parts.random.between(1, 25), () => {
      if (!life.alive) return
      this.disk.flush()
      then()
    })
  }

  #count(): void {
    if (this.#diesAfter === undefined) return
    this.#diesAfter -= 1
    if (this.#diesAfter <= 0) this.kill('it was restarted in the middle of its work')
  }
}
