import { createHash } from 'node:crypto'
import type { Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'

const CHUNK = 500

/**
 * One short text for all that was answered and published in a run, to the byte and to the millisecond: but
 * for ids of requests, which are chance. Two runs that nobody can tell apart have the same.
 */
export class Fingerprint implements Invariant {
  readonly #world: World
  readonly #hash = createHash('sha256')
  /** How far two runs are alike: a hash after so many sights each. */
  readonly marks: { readonly at: number; readonly text: string }[] = []
  #count = 0

  constructor(world: World) {
    this.#world = world
  }

  see(sight: Sight): void {
    const words = wordsOf(sight)
    if (words === undefined) return
    this.#hash.update(`${this.#world.scheduler.now} ${words}\n`)
    this.#count += 1
    if (this.#count % CHUNK === 0) {
      this.marks.push({ at: this.#world.scheduler.now, text: this.text })
    }
  }

  get text(): string {
    return this.#hash.copy().digest('hex').slice(0, 16)
  }
}

function wordsOf(sight: Sight): string | undefined {
  if (sight.kind === 'put') return `${sight.key} ${sight.value}`
  if (sight.kind !== 'answer') return undefined
  const { isolate, target, wire } = sight
  if (!wire) return `${isolate.name} ${target} lost`
  const headers = [...wire.headers].filter(([name]) => name !== 'request-id').join('\n')
  const body = wire.headers.get('etag') ?? wire.text.replace(/"req_\w+"/, '')
  return `${isolate.name} ${target} ${wire.status} ${headers} ${body}`
}
