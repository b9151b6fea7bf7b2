import type { Change } from '@models-edge/core'
import { isChangeId } from './cursor.ts'
import { storedModel } from './model.ts'
import type { Alias, Content, Head, Snapshot, SyncFailure } from './snapshot.ts'
import { tagOf } from './tag.ts'

/** Where the snapshot lies in KV, and in what format. Another format gets another number and another key. */
export const FORMAT = 2
export const SNAPSHOT_KEY = `catalog:v${FORMAT}`

/** Content whose parts are texts already. */
export interface ContentTexts {
  readonly models: readonly string[]
  readonly aliases: readonly Alias[]
  readonly changes: readonly string[]
  readonly complete_from: number
}

/** Names for the models, the aliases and the changes: the same part has the same name, on every machine. */
export function tagOfContent({ models, aliases, changes, complete_from }: ContentTexts): string {
  const parts = [models.join(), JSON.stringify(aliases), `${complete_from} ${changes.join()}`]
  return parts.map(tagOf).join('-')
}

/** The content as text. The same content has the same text. */
export function encodeContent(content: ContentTexts): string {
  const { models, aliases, changes, complete_from } = content
  const rest = JSON.stringify({ models, aliases, complete_from })
  return `${rest.slice(0, -1)},"changes":[${changes.join()}]}`
}

/** The snapshot as a value of KV. */
export function encodeSnapshot(head: Head, content: string): string {
  return `${JSON.stringify({ format: FORMAT, ...head }).slice(0, -1)},${content.slice(1)}`
}

/** That there is nothing to serve yet, and why. */
export function encodeNothing(failure: SyncFailure | null): string {
  return JSON.stringify({ format: FORMAT, nothing: true, failure })
}

/** What a value of KV or of the Keeper is. */
export type Decoded =
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly kind: 'nothing'; readonly failure: SyncFailure | null }
  | { readonly kind: 'later' | 'unreadable' }

export function decode(text: string): Decoded {
  try {
    const value = JSON.parse(text) as Encoded
    if (value.format > FORMAT) return { kind: 'later' }
    if (value.format === FORMAT && value.nothing) {
      return { kind: 'nothing', failure: value.failure ?? null }
    }
    const { models, ...rest } = value
    const snapshot = { ...rest, models: models.map(storedModel) }
    return isWhole(snapshot) ? { kind: 'snapshot', snapshot } : { kind: 'unreadable' }
  } catch {
    return { kind: 'unreadable' }
  }
}

type Encoded = Head &
  Omit<Content, 'models'> & {
    readonly format: number
    readonly nothing?: true
    readonly models: readonly string[]
  }

function isWhole(value: Snapshot & { readonly format: number }): boolean {
  const { aliases, changed_at, changes, complete_from, format, models } = value
  const { failure, revision, source, synced_at, written_at } = value
  return (
    format === FORMAT &&
    [revision, complete_from].every(Number.isSafeInteger) &&
    [synced_at, changed_at, written_at].every((time) => !Number.isNaN(Date.parse(time))) &&
    typeof source.base_url === 'string' &&
    (failure === null || typeof failure.reason === 'string') &&
    aliases.every(({ alias, id }) => typeof alias === 'string' && typeof id === 'string') &&
    changes.every(isChange) &&
    [
      aliases.map(({ alias }) => alias),
      models.map(({ id }) => id),
      changes.map(({ id }) => id),
    ].every((names) => new Set(names).size === names.length)
  )
}

function isChange({ change, id, model_id }: Change): boolean {
  const isNamed = typeof change === 'string' && typeof model_id === 'string'
  return isNamed && isChangeId(id)
}
