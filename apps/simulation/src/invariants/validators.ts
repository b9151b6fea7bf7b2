import { WHOLE_LIST } from '../people/callers.ts'
import type { Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'

/** A tag names one content, and so does a date; earlier code can give the same content another tag. */
export class Validators implements Invariant {
  readonly #world: World
  readonly #texts = new Map<string, string>()
  readonly #dated = new Map<string, string>()

  constructor(world: World) {
    this.#world = world
  }

  see(sight: Sight): void {
    if (sight.kind !== 'answer' || sight.target !== WHOLE_LIST || sight.wire?.status !== 200) return
    const { headers, text } = sight.wire
    const etag = headers.get('etag') ?? ''
    const known = this.#texts.get(etag) ?? text
    this.#texts.set(etag, known)
    if (known !== text) this.#world.violate('one tag, one content', `${etag} names two`)
    const date = headers.get('last-modified')
    if (date === null) return
    const content = this.#dated.get(date) ?? text
    this.#dated.set(date, content)
    if (
      content === text ||
      !this.#world.weather.wasCalm(['keeper lost', 'keeper clock'], 86_400_000)
    )
      return
    this.#world.violate(
      'one date, one content',
      `${date} is that of ${etag}, and of something else`,
    )
  }
}
