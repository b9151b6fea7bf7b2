import type { Change, ModelInfo } from '@models-edge/core'
import { View } from '../../src/memory/view.ts'
import { encodeContent, encodeSnapshot } from '../../src/snapshot/coding.ts'
import { changeId } from '../../src/snapshot/cursor.ts'
import { type StoredModel, storedModel } from '../../src/snapshot/model.ts'
import type { Head, Snapshot } from '../../src/snapshot/snapshot.ts'

/** When the snapshots of these tests were made. */
export const START = '2026-11-20T12:00:00.000Z'

export const NOW = Date.parse(START)

/** So long after the start, or before it. */
export function startPlus(ms: number): string {
  return new Date(NOW + ms).toISOString()
}

export function modelInfo(id: string, more: Partial<ModelInfo> = {}): ModelInfo {
  return {
    type: 'model',
    id,
    display_name: `Model ${id}`,
    created_at: '2026-01-01T00:00:00Z',
    ...more,
  }
}

export function modelOf(id: string, more: Partial<ModelInfo> = {}): StoredModel {
  return storedModel(JSON.stringify(modelInfo(id, more)))
}

/** Models with these ids, which are separated by spaces. */
export function modelsOf(ids: string): readonly StoredModel[] {
  return ids.split(' ').map((id) => modelOf(id))
}

/** A change at this position of the history. */
export function changeAt(position: number, model_id: string, more: Partial<Change> = {}): Change {
  const known = { change: 'released', model_id, at: START, seeded: false } as const
  return { type: 'change', id: changeId(position), ...known, ...more }
}

export function snapshotOf(parts: Partial<Snapshot> = {}): Snapshot {
  return {
    revision: 7,
    source: { base_url: 'http://upstream.test', key: '0123abcd' },
    written_at: startPlus(1000),
    synced_at: START,
    changed_at: START,
    failure: null,
    models: [],
    aliases: [],
    changes: [],
    complete_from: 0,
    past_names: [],
    ...parts,
  }
}

/** What the public sees of it, where nothing is hidden. */
export function viewOf(parts: Partial<Snapshot> = {}, now = NOW): View {
  return new View(snapshotOf(parts), () => false, now)
}

/** The snapshot as KV has it. */
export function textOf(snapshot: Snapshot): string {
  const { revision, source, written_at, synced_at, changed_at, failure, ...content } = snapshot
  const head: Head = { revision, source, written_at, synced_at, changed_at, failure }
  return encodeSnapshot(
    head,
    encodeContent({
      ...content,
      models: content.models.map(({ json }) => json),
      changes: content.changes.map((change) => JSON.stringify(change)),
    }),
  )
}
