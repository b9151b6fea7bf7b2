import type { Change } from '@models-edge/core'
import { type ContentTexts, encodeContent, encodeSnapshot } from '../snapshot/coding.ts'
import { namesIn } from '../snapshot/names-in.ts'
import type { PastName } from '../snapshot/snapshot.ts'
import type { CatalogRow, Rows } from './rows.ts'

/** What the public sees of a catalog, as texts. What is hidden leaves no trace in it. */
export function contentOf(
  rows: Rows,
  { id, complete_from }: Pick<CatalogRow, 'complete_from' | 'id'>,
  isHidden: (name: string) => boolean,
): ContentTexts {
  const models = rows.models(id).filter((model) => !isHidden(model.id))
  const ids = new Set(models.map((model) => model.id))
  const aliases = rows
    .aliases(id)
    .flatMap(({ alias, model }) =>
      model !== null && ids.has(model) && !ids.has(alias) && !isHidden(alias)
        ? { alias, id: model }
        : [],
    )
  const changes = rows.changes(id).filter(({ json, kind, model_id }) => {
    if (!kind.startsWith('alias_')) return !isHidden(model_id)
    return !namesIn(JSON.parse(json) as Change).some(isHidden)
  })
  return {
    models: models.map(({ json }) => json),
    aliases,
    changes: changes.map(({ json }) => json),
    complete_from,
    past_names: pastNamesOf(rows, id, isHidden),
  }
}

/** What is public of the names that were in use. */
export function pastNamesOf(
  rows: Rows,
  catalog: number,
  isHidden: (name: string) => boolean,
): readonly PastName[] {
  return rows.pastNames(catalog).flatMap(({ name, model, since, json }) => {
    if (isHidden(name) || isHidden(model)) return []
    const ended = { name, id: model, since: new Date(since).toISOString() }
    return json === '' ? ended : { ...ended, json }
  })
}

/** All that is served, as KV and copies have it. */
export function snapshotText(
  rows: Rows,
  catalog: CatalogRow,
  isHidden: (name: string) => boolean,
  now: number,
): string {
  const { base_url, key, synced_at, changed_at, tag } = catalog
  const { failure, revision } = rows.keeper()
  const head = {
    revision,
    source: { base_url, key },
    written_at: new Date(now).toISOString(),
    synced_at: new Date(synced_at).toISOString(),
    changed_at: new Date(changed_at).toISOString(),
    failure,
    tag,
  }
  return encodeSnapshot(head, encodeContent(contentOf(rows, catalog, isHidden)))
}
