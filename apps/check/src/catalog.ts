import {
  compareModels,
  type Comparison,
  type LifecycleDocument,
  type LifecycleModel,
  type ModelInfo,
  type ModelStanding,
  standingOf,
} from '@models-edge/core'
import type { Status, Verdict } from './finding.ts'
import type { Mention } from './mention.ts'
import { readName, versionOf, type Name } from './name.ts'
import { RETIRED } from './retired.ts'
import { OWNERS, type Platform } from './platform.ts'

/** The words that the models' names had until now; what is asked adds to them. */
const LINES = ['fable', 'haiku', 'instant', 'mythos', 'opus', 'sonnet']

/** Where what is known of the models comes from. `history`: nobody was asked, or nobody answered. */
export interface Origin {
  readonly source: 'live' | 'cache' | 'history'
  readonly from: string | null
  /** RFC 3339. */
  readonly synced_at: string | null
  /** Why it is not live, for people. */
  readonly trouble?: string
}

/** What is known of the models. */
export class Catalog {
  readonly origin: Origin
  readonly #document: LifecycleDocument
  readonly #models: ReadonlyMap<string, ModelInfo>
  readonly #lines = new Set(LINES)
  readonly #byVersion = new Map<string, LifecycleModel[]>()

  /** @internal */
  constructor(
    origin: Origin,
    told?: Pick<LifecycleDocument, 'models' | 'aliases'> & Partial<LifecycleDocument>,
    models: readonly ModelInfo[] = [],
  ) {
    this.origin = origin
    this.#document = told ? withHistory(told) : RETIRED
    this.#models = new Map(models.map((model) => [model.id, model]))
    for (const model of this.#document.models) {
      const name = readName(model.id)
      for (const line of [model.line, name?.line]) if (line) this.#lines.add(line)
      if (!name) continue
      const alike = this.#byVersion.get(versionOf(name)) ?? []
      this.#byVersion.set(versionOf(name), [...alike, model])
    }
  }

  /**
   * What a name stands for at the time `now`; undefined where it is none: `claude-plugin-2`. `home` is whose
   * spelling Anthropic's own is where it stands.
   */
  verdictOf(
    { name, platform: seeming, text }: Pick<Mention, 'name' | 'platform' | 'text'>,
    now: Date | number,
    home: Platform = 'anthropic',
  ): Verdict | undefined {
    if (name.line !== undefined && !this.#lines.has(name.line)) return undefined
    const standing = standingOf(this.#document, name.text, now)
    // What Anthropic names so is Anthropic's, although it looks like another's.
    const isOurs = seeming === 'anthropic' || (standing.kind !== 'unknown' && text === name.text)
    const platform = isOurs ? home : seeming
    if (platform !== 'anthropic') return this.#elsewhere(name, platform)
    if (standing.kind === 'unknown') {
      const status = this.origin.source === 'history' ? 'unchecked' : 'unknown'
      const nearest = status === 'unknown' ? this.#nearest(name, standing.nearest) : []
      return verdict({ id: name.text, platform, status, nearest })
    }
    const { kind, model } = standing
    const status = kind === 'past_alias' ? 'retired' : statusOf(standing)
    const since = kind === 'past_alias' ? standing.since?.toISOString() : undefined
    const ends = status === 'active' ? null : (since ?? model.removed_at ?? model.retires_at)
    return verdict({
      id: model.id,
      platform,
      status,
      retires_at: dateOf(ends),
      days_left: ('daysLeft' in standing && status === 'deprecated' && standing.daysLeft) || null,
      successor: status === 'active' ? null : this.#successor(model, standing),
    })
  }

  /** What would change for who moves; undefined where too little is known of one of the two. */
  compare(from: string, to: string): Comparison | undefined {
    const [was, is] = [this.#models.get(from), this.#models.get(to)]
    return was && is && was !== is ? compareModels(was, is) : undefined
  }

  #elsewhere(name: Name, platform: Platform): Verdict {
    const alike = this.#byVersion.get(versionOf(name)) ?? []
    const model = alike.find(({ id }) => !name.date || readName(id)?.date === name.date)
    const id = model?.id ?? name.text
    const retires_at = dateOf(model?.retires_at)
    return verdict({
      id,
      platform,
      status: 'other-platform',
      retires_at,
      page: OWNERS[platform].page,
    })
  }

  /** The names of the same version, whatever the order of their parts and their date, before all others. */
  #nearest(name: Name, others: readonly string[]): readonly string[] {
    const alike = (this.#byVersion.get(versionOf(name)) ?? []).filter((model) => !model.removed_at)
    return alike.length > 0 ? alike.slice(0, 3).map(({ id }) => id) : others
  }

  /** A name that a model had, while the model lives on, is followed by the model itself. */
  #successor(model: LifecycleModel, standing: ModelStanding): string | null {
    if (standing.status === 'active') return model.id
    const { line } = model
    if (!line) return null
    const [newest] = this.#document.models
      .filter((other) => other.line === line && isActive(other))
      .toSorted((one, other) => Date.parse(other.created_at) - Date.parse(one.created_at))
    return newest?.id ?? null
  }
}

function isActive({ lifecycle, removed_at }: LifecycleModel): boolean {
  return (lifecycle ?? 'active') === 'active' && !removed_at
}

function statusOf({ status }: ModelStanding): Status {
  if (status === 'removed') return 'retired'
  // There is such a model, and its `lifecycle` is none that this version knows.
  return status === 'unknown' ? 'unchecked' : status
}

/** What is no date is none that could be told. */
function dateOf(value: string | null | undefined): string | null {
  return value && !Number.isNaN(Date.parse(value)) ? value : null
}

function verdict(known: Pick<Verdict, 'id' | 'platform' | 'status'> & Partial<Verdict>): Verdict {
  return { retires_at: null, days_left: null, nearest: [], successor: null, page: null, ...known }
}

/** What was told, and of the models and names that were not told of, what is known of old. */
function withHistory(
  told: Pick<LifecycleDocument, 'models' | 'aliases'> & Partial<LifecycleDocument>,
): LifecycleDocument {
  const older = new Map(RETIRED.models.map((model) => [model.id, model]))
  // The API says no line of many old models, and what comes after a model is found by it.
  const models = told.models.map((model) => {
    const line = model.line ?? older.get(model.id)?.line ?? null
    older.delete(model.id)
    return { ...model, line }
  })
  return {
    type: 'lifecycle',
    models: [...models, ...older.values()],
    aliases: told.aliases,
    past_aliases: { ...RETIRED.past_aliases, ...told.past_aliases },
    past_aliases_since: told.past_aliases_since ?? {},
  }
}
