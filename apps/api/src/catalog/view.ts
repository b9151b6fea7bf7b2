import type { Snapshot, StoredModel } from './snapshot.ts'

interface ListedChange {
  readonly id: string
  readonly at: string
  readonly json: string
}

/** What the public sees of a snapshot: all but the hidden models, found by id or alias. */
export class View {
  readonly snapshot: Snapshot
  /** Whether the data is as young as the service promises. */
  readonly standing: 'fresh' | 'stale'
  readonly models: readonly StoredModel[]
  readonly changes: readonly ListedChange[]
  /** What every answer says about the age of its data. */
  readonly headers: Readonly<Record<string, string>>
  readonly #byName: ReadonlyMap<string, StoredModel>

  constructor(snapshot: Snapshot, isHidden: (id: string) => boolean, standing: View['standing']) {
    this.snapshot = snapshot
    this.standing = standing
    this.models = snapshot.models.filter(({ id }) => !isHidden(id))
    this.changes = snapshot.changes
      .filter(({ model_id }) => !isHidden(model_id))
      .map((change) => ({ id: change.id, at: change.at, json: JSON.stringify(change) }))
    this.headers = {
      // RFC 9211. Not `Age`, which caches take off the time that they may keep an answer.
      'cache-status': `models-edge; hit; detail=${standing}`,
      'x-synced-at': snapshot.synced_at,
    }
    const byId = new Map(this.models.map((model) => [model.id, model]))
    const byAlias = snapshot.aliases.flatMap(({ alias, id }): [string, StoredModel][] => {
      const model = id === null || isHidden(alias) ? undefined : byId.get(id)
      return model ? [[alias, model]] : []
    })
    this.#byName = new Map([...byAlias, ...byId])
  }

  /** The model of that id or alias. */
  find(name: string): StoredModel | undefined {
    return this.#byName.get(name)
  }

  /** Every id and alias that finds a model. */
  get names(): Iterable<string> {
    return this.#byName.keys()
  }
}
