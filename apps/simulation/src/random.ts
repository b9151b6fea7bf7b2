/**
 * Chance that is a function of names: each part of the world draws from a stream of its own, so that one
 * part drawing more than before leaves all others what they were. The generator is xoshiro128**.
 */
export class Random {
  #a: number
  #b: number
  #c: number
  #d: number

  constructor(...names: readonly (string | number)[]) {
    const seeds = seedsOf(names.join('/'))
    this.#a = seeds()
    this.#b = seeds()
    this.#c = seeds()
    this.#d = seeds() | 1
  }

  /** From 0 to 1, 1 excluded. */
  next(): number {
    const times = Math.imul(this.#b, 5)
    const result = Math.imul((times << 7) | (times >>> 25), 9)
    const shifted = this.#b << 9
    this.#c ^= this.#a
    this.#d ^= this.#b
    this.#b ^= this.#c
    this.#a ^= this.#d
    this.#c ^= shifted
    this.#d = (this.#d << 11) | (this.#d >>> 21)
    return (result >>> 0) / 2 ** 32
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next()
  }

  /** A whole number, both ends included. */
  whole(low: number, high: number): number {
    return Math.floor(this.between(low, high + 1))
  }

  chance(of: number): boolean {
    return this.next() < of
  }

  pick<Item>(items: readonly Item[]): Item {
    if (items.length === 0) throw new Error('there is nothing to pick from')
    return items[Math.floor(this.next() * items.length)] as Item
  }

  /** How long until something happens that happens once in so long on average. */
  wait(mean: number): number {
    return -Math.log(1 - this.next()) * mean
  }
}

/** FNV-1a of the text, and then whatever splitmix makes of it. */
function seedsOf(text: string): () => number {
  let state = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) {
    state = Math.imul(state ^ text.charCodeAt(at), 0x01000193)
  }
  return () => {
    state = (state + 0x9e3779b9) | 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return mixed ^ (mixed >>> 15)
  }
}
