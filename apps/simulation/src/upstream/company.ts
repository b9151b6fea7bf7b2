import { aliases, models } from '@models-edge/upstream/catalogue'
import type { Random } from '../random.ts'

const DAY = 86_400_000

/** A model as the company writes it. */
export type Fields = Readonly<Record<string, unknown>> & { readonly id: string }

/** Whoever decides what becomes of the models. */
export class Company {
  readonly random: Random
  models: readonly Fields[] = models.map((model) => ({ ...model }))
  aliases: ReadonlyMap<string, string> = new Map(aliases)
  #count = 0

  constructor(random: Random) {
    this.random = random
  }

  /** Names that nobody had before. */
  name(line: string): string {
    this.#count += 1
    return `claude-${line}-${this.#count + 5}`
  }

  add(id: string, at: number): void {
    const like = this.random.pick(this.models)
    const created_at = new Date(at).toISOString().replace(/\.\d+Z/, 'Z')
    const display_name = `Claude ${id.slice('claude-'.length)}`
    const fresh = { lifecycle: 'active', deprecated_at: null, retires_at: null }
    this.models = [{ ...like, id, display_name, created_at, ...fresh }, ...this.models]
  }

  /** Puts another model in the place of one of those that are as wanted. */
  change(
    wanted: (model: Fields) => boolean,
    how: (model: Fields) => Readonly<Record<string, unknown>>,
  ): string | undefined {
    const chosen = this.choose(wanted)
    if (!chosen) return undefined
    this.models = this.models.map((model) =>
      model === chosen ? { ...model, ...how(model) } : model,
    )
    return chosen.id
  }

  choose(wanted: (model: Fields) => boolean): Fields | undefined {
    const choice = this.models.filter(wanted)
    return choice.length === 0 ? undefined : this.random.pick(choice)
  }

  remove(id: string): void {
    this.models = this.models.filter((model) => model.id !== id)
    this.aliases = new Map([...this.aliases].filter(([, model]) => model !== id))
  }

  point(alias: string, id: string): void {
    this.aliases = new Map([...this.aliases, [alias, id]])
  }
}

/** A day, as the company writes it. */
export function dayAfter(at: number, days: number): string {
  return new Date(at + days * DAY).toISOString().replace(/T.*/, 'T00:00:00Z')
}
