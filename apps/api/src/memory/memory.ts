import { nothingToServe } from '../http/client-error.ts'
import { firstTrue } from '../platform/first-true.ts'
import type { Background, Platform } from '../platform/platform.ts'
import { SingleFlight } from '../platform/single-flight.ts'
import { withinTime } from '../platform/within-time.ts'
import type { Decoded } from '../snapshot/coding.ts'
import * as timing from '../timing.ts'
import { Answers } from './answers.ts'
import type { Held } from './held.ts'
import type { Stores } from './stores.ts'
import { View } from './view.ts'

interface Parts {
  readonly stores: Pick<Stores, 'copy' | 'knock' | 'kv'>
  readonly isHidden: (name: string) => boolean
  readonly platform: Platform
}

export class Memory {
  readonly answers = new Answers()
  readonly #parts: Parts
  readonly #loading: SingleFlight<void>
  #held: Held = { kind: 'nothing', failure: null }
  /** For so long after this (`MEMORY_MS`), nobody waits for KV. */
  #checkedAt = -Infinity
  #loadedAt = -Infinity
  /** When the Keeper last published what is held. */
  #writtenAt = -Infinity
  #jitterMs = 0
  /** How often it was loaded while there was nothing. */
  #tries = 0
  #knockedAt = -Infinity

  constructor(parts: Parts) {
    this.#parts = parts
    this.#loading = new SingleFlight(parts.platform, timing.LOAD_LIMIT_MS)
  }

  /** What is in memory, however old. */
  get held(): Held {
    return this.#held
  }

  /** What is in memory, where that is young enough; when it is due, the next request gets a newer one. */
  current(background: Background): View | undefined {
    if (this.#held.kind === 'nothing') return undefined
    const now = this.#parts.platform.now()
    this.#keepStanding(this.#held.view, now)
    if (this.#isDue(now)) void this.#load(background)
    return timing.isWithin(timing.MEMORY_MS, this.#checkedAt, now) ? this.#held.view : undefined
  }

  /** What there is to serve, from wherever it can be had; throws a 503 where there is nothing at all. */
  async view(background: Background): Promise<View> {
    const held = await this.look(background)
    if (held.kind === 'view') return held.view
    throw nothingToServe()
  }

  /** What there is, from wherever it can be had. */
  async look(background: Background): Promise<Held> {
    if (this.current(background)) return this.#held
    const { platform } = this.#parts
    const { landing } = this.#loading
    const loading = landing ?? (this.#isDue(platform.now()) ? this.#load(background) : undefined)
    const isYoung = timing.isWithin(timing.OLD_MS, this.#checkedAt, platform.now())
    const patience = isYoung && this.#held.kind === 'view' ? timing.KV_GRACE_MS : timing.PATIENCE_MS
    // Who comes later waits on a clock of its own: the request that loads can be lost.
    if (loading) await withinTime(platform, patience, loading).catch(() => undefined)
    this.#checkedAt = platform.now()
    return this.#held
  }

  /** Takes what was found for what is to be served, unless what is held is later. */
  adopt(found: Decoded | undefined): void {
    const now = this.#parts.platform.now()
    const held = this.#held
    if (found?.kind === 'nothing' && held.kind === 'nothing') {
      this.#held = { kind: 'nothing', failure: found.failure }
    }
    if (found?.kind !== 'snapshot') return
    this.#checkedAt = now
    const last = held.kind === 'view' ? held.view.snapshot.revision : -Infinity
    const { revision, written_at } = found.snapshot
    // While syncs fail, the same revision is published again and again.
    if (revision >= last) this.#writtenAt = Date.parse(written_at)
    if (revision > last) this.#hold(new View(found.snapshot, this.#parts.isHidden, now))
  }

  /** It grows stale, and with it what was made of it. */
  #keepStanding({ snapshot, staleAt, standing }: View, now: number): void {
    if (now > staleAt === (standing === 'stale')) return
    this.#hold(new View(snapshot, this.#parts.isHidden, now))
  }

  #hold(view: View): void {
    this.#held = { kind: 'view', view }
    this.answers.forget()
  }

  #isDue(now: number): boolean {
    const isEmpty = this.#held.kind === 'nothing'
    const pause = isEmpty ? timing.emptyPauseMs(this.#tries) : timing.RELOAD_MS + this.#jitterMs
    return !timing.isWithin(pause, this.#loadedAt, now)
  }

  #load(background: Background): Promise<void> {
    const { now, random } = this.#parts.platform
    const loading = this.#loading.run(() => {
      this.#loadedAt = now()
      this.#jitterMs = random() * timing.JITTER_MS
      if (this.#held.kind === 'view') return this.#reload(background)
      this.#tries += 1
      return this.#fill()
    })
    background.waitUntil(loading)
    return loading
  }

  /** There is something: KV may have something later. */
  async #reload(background: Background): Promise<void> {
    const { platform, stores } = this.#parts
    this.adopt(await stores.kv())
    const now = platform.now()
    if (timing.isWithin(timing.SILENCE_MS, this.#writtenAt, now)) return
    if (timing.isWithin(timing.KNOCK_MS, this.#knockedAt, now)) return
    this.#knockedAt = now
    background.waitUntil(this.#knock())
  }

  /** The Keeper gives its copy with the knock where KV seems dead; KV can be dead for this place alone. */
  async #knock(): Promise<void> {
    const { stores } = this.#parts
    const found = await stores.knock()
    this.adopt(found ?? (await stores.copy()))
  }

  /** There is nothing: whatever KV has, else the Keeper; whoever has something first. */
  async #fill(): Promise<void> {
    const { platform, stores } = this.#parts
    const isFilled = (found: Decoded | undefined): boolean => {
      this.adopt(found)
      return this.#held.kind === 'view'
    }
    const fromKv = stores.kv().then(isFilled)
    await withinTime(platform, timing.KV_GRACE_MS, fromKv).catch(() => undefined)
    if (this.#held.kind === 'view') return
    await firstTrue([fromKv, stores.copy().then(isFilled)])
  }
}
