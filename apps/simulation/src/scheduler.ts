/** Something that is to happen. Without its work it was called off. */
interface Entry {
  readonly at: number
  readonly order: number
  work: (() => void) | undefined
}

/** The machine's own, whatever a run puts in its place. */
const nextTurn = setImmediate

/**
 * The clock of the world. What is to happen happens by its time, and at one time in the order in which it
 * was asked for. Between two events, all happens that can without time passing: streams and promises need
 * one turn of the machine's loop for that.
 */
export class Scheduler {
  readonly #heap: Entry[] = []
  #order = 0
  #now: number
  #stopped = false
  /** How many events there were. */
  events = 0

  constructor(start: number) {
    this.#now = start
  }

  get now(): number {
    return this.#now
  }

  /** Gives what calls it off. */
  at(time: number, work: () => void): () => void {
    const entry: Entry = { at: Math.max(time, this.#now), order: (this.#order += 1), work }
    this.#push(entry)
    return () => (entry.work = undefined)
  }

  after(ms: number, work: () => void): () => void {
    return this.at(this.#now + ms, work)
  }

  stop(): void {
    this.#stopped = true
  }

  /** Lets time pass. */
  run(until: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const step = (): void => {
        try {
          const entry = this.#next(until)
          if (!entry) {
            resolve()
            return
          }
          this.#now = entry.at
          this.events += 1
          entry.work?.()
          nextTurn(step)
        } catch (error) {
          reject(error)
        }
      }
      nextTurn(step)
    })
  }

  #next(until: number): Entry | undefined {
    for (;;) {
      const first = this.#heap[0]
      if (this.#stopped || !first || first.at > until) return undefined
      this.#pop()
      if (first.work) return first
    }
  }

  #push(entry: Entry): void {
    const heap = this.#heap
    let place = heap.length
    for (; place > 0;) {
      const parent = (place - 1) >> 1
      const above = heap[parent] as Entry
      if (!isBefore(entry, above)) break
      heap[place] = above
      place = parent
    }
    heap[place] = entry
  }

  #pop(): void {
    const heap = this.#heap
    const last = heap.pop()
    if (!last || heap.length === 0) return
    let place = 0
    for (;;) {
      let child = 2 * place + 1
      const right = heap[child + 1]
      if (right && isBefore(right, heap[child] as Entry)) child += 1
      const below = heap[child]
      if (!below || !isBefore(below, last)) break
      heap[place] = below
      place = child
    }
    heap[place] = last
  }
}

function isBefore(one: Entry, other: Entry): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order)
}
