import type { AliasTable, LifecycleDocument, LifecycleModel } from './lifecycle-document.ts'
import { Nearest } from './nearest.ts'
import { retirementStatus, type RetirementStatus } from './retirement.ts'

/** Where a model stands, which may be listed no longer. */
export type ModelStanding =
  | RetirementStatus
  | { readonly status: 'removed'; readonly removedAt: Date }

/** What a text is: the id of a model, a name that stands for one, or stood for one, or none of these. */
export type Standing =
  | ({ readonly kind: 'alias' | 'id'; readonly model: LifecycleModel } & ModelStanding)
  /** Requests with it fail, whatever the status of the model that it stood for. */
  | ({
      readonly kind: 'past_alias'
      readonly model: LifecycleModel
      readonly since?: Date
    } & ModelStanding)
  | { readonly kind: 'unknown'; readonly nearest: readonly string[] }

/**
 * What a text is at the time `now`. Names are compared whole, to the letter.
 *
 * @example
 * ```ts
 * import { type LifecycleDocument, standingOf } from '@models-edge/core'
 *
 * declare const lives: LifecycleDocument // as `readLifecycle` gives it
 * const standing = standingOf(lives, 'claude-opus-5.6', new Date())
 * if (standing.kind === 'unknown') console.log('near:', standing.nearest.join())
 * ```
 */
export function standingOf(
  document: LifecycleDocument,
  text: string,
  now: Date | number,
): Standing {
  const { aliases, models, past_aliases, past_aliases_since } = document
  const find = (wanted: string | undefined): LifecycleModel | undefined =>
    models.find(({ id }) => id === wanted)
  const itself = find(text)
  if (itself) return { kind: 'id', model: itself, ...statusOf(itself, now) }
  const meant = find(entry(aliases, text))
  if (meant) return { kind: 'alias', model: meant, ...statusOf(meant, now) }
  const was = find(entry(past_aliases, text))
  if (was) {
    const since = new Date(entry(past_aliases_since, text) ?? NaN)
    const status = statusOf(was, now)
    return { kind: 'past_alias', model: was, ...(Number(since) && { since }), ...status }
  }
  const listed = models.filter(({ removed_at }) => !removed_at).map(({ id }) => id)
  return { kind: 'unknown', nearest: new Nearest([...Object.keys(aliases), ...listed]).to(text) }
}

function statusOf(model: LifecycleModel, now: Date | number): ModelStanding {
  const removedAt = new Date(model.removed_at ?? NaN)
  return Number(removedAt) ? { status: 'removed', removedAt } : retirementStatus(model, now)
}

/** A name can be that of something which every object has. */
function entry(table: AliasTable | undefined, name: string): string | undefined {
  return table && Object.hasOwn(table, name) ? table[name] : undefined
}
