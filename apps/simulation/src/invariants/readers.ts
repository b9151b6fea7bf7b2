import { FEED } from '../people/readers.ts'
import type { Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'
import { BEHIND_MS } from './behind.ts'
import type { AppendOnly } from './history.ts'

/** A feed has so many: who asks more rarely than they come misses some, and is promised nothing. */
const IN_FEED = 100

interface Ending {
  readonly day: string
  readonly status: string
  readonly sequence: number
}

interface Reader {
  /** The ids of the entries that it got, by when they happened and to whom. */
  readonly entries: Map<string, Set<string>>
  /** What its calendar has, by the event. */
  readonly endings: Map<string, Ending>
  readonly begun: number
  /** When it last read the feed. */
  readAt: number
  syncedAt: string
  /** Whether more came between two of its visits than a feed holds. */
  isLate: boolean
}

/** Who reads the feed gets each change, and a calendar knows when a day has moved. */
export class Readers implements Invariant {
  readonly #world: World
  readonly #history: AppendOnly
  readonly #readers = new Map<string, Reader>()

  constructor(world: World, history: AppendOnly) {
    this.#world = world
    this.#history = history
  }

  see(sight: Sight): void {
    if (sight.kind === 'keeper dies' && sight.why.includes('lost')) this.#readers.clear()
    if (sight.kind !== 'read') return
    const known = this.#readers.get(sight.reader)
    const reader = known ?? emptyReader(this.#world.scheduler.now)
    this.#readers.set(sight.reader, reader)
    if (sight.target === FEED) this.#feed(reader, sight.text)
    else this.#calendar(sight.reader, reader, sight.syncedAt, sight.text)
  }

  #feed(reader: Reader, text: string): void {
    const { now } = this.#world.scheduler
    const came = this.#history.known.filter(({ id }) => {
      const at = this.#history.seenAt(id)
      return at > reader.readAt - BEHIND_MS && at <= now
    })
    if (came.length >= IN_FEED) reader.isLate = true
    reader.readAt = now
    for (const [, entry = ''] of text.matchAll(/<entry>(.*?)<\/entry>/gs)) {
      const [id = '', at = '', href = ''] = [
        /<id>(.*?)<\/id>/,
        /<published>(.*?)<\/published>/,
        /href="(.*?)"/,
      ].map((part) => part.exec(entry)?.[1])
      const key = `${at} ${href}`
      reader.entries.set(key, (reader.entries.get(key) ?? new Set()).add(id))
    }
  }

  #calendar(name: string, reader: Reader, syncedAt: string, text: string): void {
    // A cache may show what is older than what it showed before.
    if (syncedAt < reader.syncedAt) return
    reader.syncedAt = syncedAt
    for (const [, event = ''] of text.matchAll(/BEGIN:VEVENT\r\n(.*?)END:VEVENT/gs)) {
      const field = (property: string): string =>
        new RegExp(`^${property}[:;](.*)\r$`, 'm').exec(event)?.[1] ?? ''
      const ending = {
        day: field('DTSTART'),
        status: field('STATUS'),
        sequence: Number(field('SEQUENCE')),
      }
      const before = reader.endings.get(field('UID'))
      reader.endings.set(field('UID'), ending)
      if (!before || (before.day === ending.day && before.status === ending.status)) continue
      if (ending.sequence > before.sequence) continue
      const words = `${name}: ${JSON.stringify(before)} became ${JSON.stringify(ending)}`
      this.#world.violate('a calendar knows what has moved', words)
    }
  }

  end(): void {
    if (this.#world.weather.countsSlowly()) return
    for (const [name, reader] of this.#readers) {
      const { begun, entries, isLate, readAt } = reader
      if (isLate) continue
      const wanted = new Map<string, number>()
      for (const { at, id, model_id, seeded } of this.#history.known) {
        const seen = this.#history.seenAt(id)
        if (seeded || seen < begun + BEHIND_MS || seen > readAt - BEHIND_MS) continue
        const key = `${at} /models/${encodeURIComponent(model_id)}`
        wanted.set(key, (wanted.get(key) ?? 0) + 1)
      }
      for (const [key, count] of wanted) {
        const got = entries.get(key)?.size ?? 0
        if (got === count) continue
        const words = `${name} got ${got} entries of ${count} for ${key}`
        this.#world.violate('readers of feeds get every change', words)
      }
    }
  }
}

function emptyReader(now: number): Reader {
  return {
    entries: new Map(),
    endings: new Map(),
    begun: now,
    readAt: now,
    syncedAt: '',
    isLate: false,
  }
}
