import type { Change } from '@models-edge/core'
import { isChangeId } from './cursor.ts'
import { storedModel } from './model.ts'
import type { Alias, Content, Head, PastName, Snapshot, SyncFailure } from './snapshot.ts'
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
  readonly past_names: readonly PastName[]
}

/** Names for the models, the aliases, the changes and the past names: the same part has the same name, on every machine. */
export function tagOfContent(content: ContentTexts): string {
  const { models, aliases, changes, complete_from, past_names } = content
  const parts = [models.join(), JSON.stringify(aliases), `${complete_from} ${changes.join()}`]
  // Earlier code has three parts: where there is nothing more to name, both say the same.
  if (past_names.length > 0) parts.push(JSON.stringify(past_names))
  return parts.map(tagOf).join('-')
}

/** Whether a tag names past names, too: earlier code does not know them. */
export function namesPastNames(tag: string): boolean {
  return tag.split('-').length > 3
}

/** The content as text. The same content has the same text. */
export function encodeContent(content: ContentTexts): string {
  const { models, aliases, changes, complete_from, past_names } = content
  const rest = JSON.stringify({ models, aliases, complete_from, past_names })
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
    // Earlier code wrote no past names.
    const { models, past_names = [], ...rest } = value
    const snapshot = { ...rest, past_names, models: models.map(storedModel) }
    return isWhole(snapshot) ? { kind: 'snapshot', snapshot } : { kind: 'unreadable' }
  } catch {
    return { kind: 'unreadable' }
  }
}

type Encoded = Head &
  Omit<Content, 'models' | 'past_names'> & {
    readonly past_names?: readonly PastName[]
    readonly format: number
    readonly nothing?: true
    readonly models: readonly string[]
  }

function isWhole(value: Snapshot & { readonly format: number }): boolean {
  const { aliases, changed_at, changes, complete_from, format, models } = value
  const { failure, past_names, revision, source, synced_at, written_at } = value
  return (
    format === FORMAT &&
    [revision, complete_from].every(Number.isSafeInteger) &&
    [synced_at, changed_at, written_at].every((time) => !Number.isNaN(Date.parse(time))) &&
    typeof source.base_url === 'string' &&
    (failure === null || typeof failure.reason === 'string') &&
    aliases.every(({ alias, id }) => typeof alias === 'string' && typeof id === 'string') &&
    changes.every(isChange) &&
    past_names.every(isPastName) &&
    [
      aliases.map(({ alias }) => alias),
      models.map(({ id }) => id),
      past_names.map(({ name }) => name),
      changes.map(({ id }) => id),
    ].every((names) => new Set(names).size === names.length)
  )
}

function isChange({ change, id, model_id }: Change): boolean {
  const isNamed = typeof change === 'string' && typeof model_id === 'string'
  return isNamed && isChangeId(id)
}

function isPastName({ id, json, name, since }: PastName): boolean {
  const isNamed = typeof name === 'string' && typeof id === 'string'
  const isEnded = isNamed && !Number.isNaN(Date.parse(since))
  return isEnded && (json === undefined || storedModel(json).id === id)
}
