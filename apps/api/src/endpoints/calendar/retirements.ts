import { type Change, type ModelInfo, retirementStatus } from '@models-edge/core'
import { shownModel } from '../page/shown-model.ts'
import { knownTime } from '../page/time.ts'
import type { PublicView } from '../public-view.ts'

/** A model's end, as a calendar has it. */
export interface Retirement {
  readonly id: string
  readonly name: string
  readonly day: number
  /** It was announced once, and is not meant any more. */
  readonly isWithdrawn: boolean
  /** When the day was last set or taken back. */
  readonly setAt: number
}

interface Told {
  readonly setAt: number
  /** The day that was announced last. */
  readonly day: number | undefined
}

/** The ends of all models, also of those that are listed no longer, in the order of their days. */
export function retirementsOf(view: PublicView): readonly Retirement[] {
  const told = toldBy(view)
  const listed = view.models.items.map(({ id, json }) => ({ id, json }))
  const removed = view.pastNames.flatMap(({ id, json }) => (json === undefined ? [] : { id, json }))
  return [...listed, ...removed]
    .flatMap(({ id, json }): Retirement[] => {
      const { deprecatedAt, name, releasedAt, retiresAt } = shownModel({ id, json }, 0)
      const history = told.get(id)
      const isMeant = retiresAt !== undefined && isEnding(json)
      const day = isMeant ? retiresAt : history?.day
      if (day === undefined) return []
      const setAt = history?.setAt ?? deprecatedAt ?? releasedAt ?? 0
      return [{ id: id.toWellFormed(), name, day, isWithdrawn: !isMeant, setAt }]
    })
    .toSorted((one, other) => one.day - other.day)
}

/** A date on an active model announces nothing. */
function isEnding(json: string): boolean {
  const { lifecycle } = JSON.parse(json) as Partial<ModelInfo>
  const text = typeof lifecycle === 'string' ? lifecycle : null
  return retirementStatus({ lifecycle: text, retires_at: null }, 0).status !== 'active'
}

/** What the history tells of each model's end. */
function toldBy(view: PublicView): ReadonlyMap<string, Told> {
  const told = new Map<string, Told>()
  // Oldest first: what came later counts.
  for (const { json } of view.changes.items.toReversed()) {
    const { at, fields, model_id, retires_at } = JSON.parse(json) as Change
    const before = told.get(model_id)
    // A model that is active again keeps its date at times, and means it no more.
    const isTurned = fields?.includes('lifecycle') ?? false
    if (!retires_at && !(isTurned && before)) continue
    const [from, to] = [knownTime(retires_at?.from), knownTime(retires_at?.to)]
    const isSet = from !== to || isTurned || !before
    const setAt = isSet ? (knownTime(at) ?? 0) : before.setAt
    told.set(model_id, { setAt, day: to ?? from ?? before?.day })
  }
  return told
}
