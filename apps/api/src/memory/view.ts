import { type Change, Nearest, PagedList, type Place } from '@models-edge/core'
import { SharedHeaders } from '../http/shared-headers.ts'
import { positionOf } from '../snapshot/cursor.ts'
import type { StoredModel } from '../snapshot/model.ts'
import { namesIn } from '../snapshot/names-in.ts'
import type { Alias, PastName, Snapshot } from '../snapshot/snapshot.ts'
import { tagOf } from '../snapshot/tag.ts'
import { isBelievable, STALE_MS } from '../timing.ts'

interface ListedChange {
  readonly id: string
  readonly at: string
  readonly json: string
}

/** A name for each list: the same list has the same name, on every machine. */
interface Tags {
  readonly models: string
  readonly changes: string
}

/** Whether the data is as young as the service promises. */
type Standing = 'fresh' | 'stale'

/** What the public sees of a snapshot, found by id, alias and cursor. */
export class View {
  readonly snapshot: Snapshot
  readonly standing: Standing
  /** When it turns from fresh to stale. */
  readonly staleAt: number
  readonly models: PagedList<StoredModel>
  readonly aliases: readonly Alias[]
  /** Those that ended last come first. */
  readonly pastNames: readonly PastName[]
  /** When what is seen last changed, where that is known. */
  readonly changedAt: string | undefined
  /** What every answer says about the age of its data. */
  readonly headers: SharedHeaders
  readonly #byName: ReadonlyMap<string, StoredModel>
  readonly #isWhole: boolean
  readonly #history: readonly Change[]
  #changes: PagedList<ListedChange> | undefined
  #tags: Tags | undefined
  #nearest: Nearest | undefined

  constructor(snapshot: Snapshot, isHidden: (name: string) => boolean, now: number) {
    const models = snapshot.models.filter(({ id }) => !isHidden(id))
    const changes = snapshot.changes.filter((change) => !namesIn(change).some(isHidden))
    const past = snapshot.past_names.filter(({ id, name }) => !isHidden(id) && !isHidden(name))
    const aliases = snapshot.aliases.filter(({ alias }) => !isHidden(alias))
    this.snapshot = snapshot
    this.staleAt = Date.parse(snapshot.synced_at) + STALE_MS
    this.standing = now > this.staleAt ? 'stale' : 'fresh'
    this.models = new PagedList(models)
    this.#history = changes
    // A deployment that hides more is ahead of the Keeper: it does not know since when.
    this.#isWhole =
      models.length === snapshot.models.length &&
      changes.length === snapshot.changes.length &&
      aliases.length === snapshot.aliases.length &&
      past.length === snapshot.past_names.length
    const isKnown = this.#isWhole && isBelievable(Date.parse(snapshot.changed_at), now)
    this.changedAt = isKnown ? snapshot.changed_at : undefined
    this.headers = new SharedHeaders({
      // RFC 9211. Not `Age`, which caches take off the time that they may keep an answer.
      'cache-status': `models-edge; hit; detail=${this.standing}`,
      'x-synced-at': snapshot.synced_at,
    })
    const byId = new Map(models.map((model) => [model.id, model]))
    const byAlias = aliases.flatMap(({ alias, id }): [string, StoredModel][] => {
      const model = byId.get(id)
      return model ? [[alias, model]] : []
    })
    this.#byName = new Map([...byAlias, ...byId])
    this.aliases = byAlias.map(([alias, { id }]) => ({ alias, id }))
    // A name that finds a model is in use.
    this.pastNames = past.filter(({ name }) => !this.#byName.has(name))
  }

  /** The model of that id or alias. */
  find(name: string): StoredModel | undefined {
    return this.#byName.get(name)
  }

  /** What a name was, that is in use no longer. */
  findPast(wanted: string): PastName | undefined {
    return this.pastNames.find(({ name }) => name === wanted)
  }

  /** Every id and alias that finds a model. */
  get names(): Iterable<string> {
    return this.#byName.keys()
  }

  /** Made when somebody asks: most isolates are asked for models alone. */
  get changes(): PagedList<ListedChange> {
    return (this.#changes ??= listOf(this.#history))
  }

  get nearest(): Nearest {
    return (this.#nearest ??= new Nearest(this.names))
  }

  get tags(): Tags {
    return (this.#tags ??= this.#known() ?? this.#computed())
  }

  /** The Keeper has named what it gave, unless earlier code did it, or less of it is seen here. */
  #known(): Tags | undefined {
    const [models, aliases, changes] = this.snapshot.tag?.split('-') ?? []
    const isNamed = models !== undefined && aliases !== undefined && changes !== undefined
    return this.#isWhole && isNamed ? { models, changes } : undefined
  }

  #computed(): Tags {
    return {
      models: tagOf(textOf(this.models.items)),
      changes: tagOf(`${this.snapshot.complete_from} ${textOf(this.changes.items)}`),
    }
  }
}

function listOf(changes: readonly Change[]): PagedList<ListedChange> {
  const listed = changes.map((change) => {
    const { at, id } = change
    return { id, at, json: JSON.stringify(change) }
  })
  return new PagedList(listed, (cursor) => neighbours(listed, cursor))
}

function textOf(items: readonly { readonly json: string }[]): string {
  return items.map(({ json }) => json).join()
}

/** Where a cursor lies among the changes, newest first, whether its own change is there (any more) or not. */
function neighbours(changes: readonly ListedChange[], cursor: string): Place | undefined {
  const wanted = positionOf(cursor)
  if (wanted === undefined) return undefined
  const position = ({ id }: ListedChange): number => positionOf(id) ?? 0
  const at = changes.findIndex((change) => position(change) <= wanted)
  const before = at === -1 ? changes.length : at
  const here = changes[before]
  return { before, after: here && position(here) === wanted ? before + 1 : before }
}
