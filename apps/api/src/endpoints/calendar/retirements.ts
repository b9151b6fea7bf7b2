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
  /** When anything about the end was last said: what calendars know is older must have a lower number. */
  readonly setAt: number
  /** The day that was named last. */
  readonly day: number | undefined
  /** Whether the model was ever deprecated: before that, a day announces nothing. */
  readonly isAnnounced: boolean
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
      const status = statusOf(json)
      const day = retiresAt ?? history?.day
      // Who has retired did so, whether a day is still told or not.
      const isMeant = status === 'retired' || (status !== 'active' && retiresAt !== undefined)
      if (day === undefined || !(isMeant || history?.isAnnounced)) return []
      const setAt = history?.setAt ?? deprecatedAt ?? releasedAt ?? 0
      return [{ id: id.toWellFormed(), name, day, isWithdrawn: !isMeant, setAt }]
    })
    .toSorted((one, other) => one.day - other.day)
}

function statusOf(json: string): string {
  const { lifecycle } = JSON.parse(json) as Partial<ModelInfo>
  const text = typeof lifecycle === 'string' ? lifecycle : null
  return retirementStatus({ lifecycle: text, retires_at: null }, 0).status
}

/** What the history tells of each model's end. */
function toldBy(view: PublicView): ReadonlyMap<string, Told> {
  const told = new Map<string, Told>()
  // Oldest first: what came later counts.
  for (const { json } of view.changes.items.toReversed()) {
    const { at, change, fields, model_id, retires_at } = JSON.parse(json) as Change
    const before = told.get(model_id)
    const isAnnounced = change === 'deprecated' || change === 'retired'
    // A model that is active again, or listed again, may have kept its day or brought another one.
    const isTurned = before && (change === 'released' || fields?.includes('lifecycle'))
    if (!retires_at && !isAnnounced && !isTurned) continue
    const day = knownTime(retires_at?.to) ?? knownTime(retires_at?.from) ?? before?.day
    // That it came as it was announced is no news.
    const isKept = change === 'retired' && before?.isAnnounced && before.day === day
    told.set(model_id, {
      setAt: (isKept ? undefined : knownTime(at)) ?? before?.setAt ?? 0,
      day,
      isAnnounced: isAnnounced || (before?.isAnnounced ?? false),
    })
  }
  return told
}
