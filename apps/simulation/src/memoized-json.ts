/** Texts shorter than this are parsed sooner than found. */
const SHORTEST = 100
/** So many characters, twice: what was not asked for since goes. */
const MOST = 8_000_000

/**
 * Parses equal texts once: hundreds of places read the same values. Whoever changes what was parsed for
 * all fails, since it is frozen.
 */
export class MemoizedJson {
  readonly #json: Pick<JSON, 'parse' | 'stringify'>
  readonly #texts = new WeakMap<object, string>()
  #young = new Map<string, unknown>()
  #old = new Map<string, unknown>()
  #size = 0

  constructor({ parse, stringify }: Pick<JSON, 'parse' | 'stringify'>) {
    this.#json = { parse, stringify }
  }

  /** What is frozen has one text. */
  readonly stringify = (value: unknown, replacer?: null, space?: string | number): string => {
    const isOnce = typeof value === 'object' && value !== null && Object.isFrozen(value)
    if (!isOnce || replacer || space) return this.#json.stringify(value, replacer, space)
    const known = this.#texts.get(value)
    if (known !== undefined) return known
    const text = this.#json.stringify(value)
    this.#texts.set(value, text)
    return text
  }

  readonly parse: typeof JSON.parse = (text, reviver) => {
    if (reviver || typeof text !== 'string' || text.length < SHORTEST) {
      return this.#json.parse(text, reviver)
    }
    let value = this.#young.get(text)
    if (value !== undefined) return value
    value = this.#old.get(text) ?? frozen(this.#json.parse(text))
    this.#size += text.length
    if (this.#size > MOST) {
      this.#old = this.#young
      this.#young = new Map()
      this.#size = text.length
    }
    this.#young.set(text, value)
    return value
  }
}

function frozen(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  for (const part of Object.values(value)) frozen(part)
  return Object.freeze(value)
}
