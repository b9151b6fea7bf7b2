import type { Change } from '@models-edge/core'
import { tagOf } from '../../snapshot/tag.ts'
import { knownName } from '../known-name.ts'
import { modelPath } from '../model-path.ts'
import { shownModel } from '../page/shown-model.ts'
import { daysUntil, knownTime, longDayText } from '../page/time.ts'
import type { PublicView } from '../public-view.ts'

const MOST = 100

/** A change as a feed tells it. */
export interface Entry {
  /** The same for the same change, on every machine and at every address. */
  readonly id: string
  readonly at: string
  /** What happened, for who was not there; days are counted from the day when it did. */
  readonly title: string
  /** Of the model's page. */
  readonly path: string
}

/** The newest changes, newest first. Each event is an entry of its own: readers never show one again. */
export function entriesOf(view: PublicView): readonly Entry[] {
  const nameOf = (id: string): string => {
    const json = knownName(view, id)?.json
    return json === undefined ? id.toWellFormed() : shownModel({ id, json }, 0).name
  }
  return view.changes.items.slice(0, MOST).map(({ json }) => {
    const change = JSON.parse(json) as Change
    const at = knownTime(change.at) ?? 0
    return {
      id: idOf(change),
      at: new Date(at).toISOString(),
      title: inWords(change, nameOf(change.model_id), at),
      path: modelPath(change.model_id),
    }
  })
}

/** When anything was added last. */
export function lastOf(entries: readonly Entry[]): string {
  const times = entries.map(({ at }) => at).toSorted()
  return times.at(-1) ?? new Date(0).toISOString()
}

/**
 * A name-based UUID. What a model tells of its past by its dates has the same one also after a Keeper has
 * lost its history and begun another one.
 */
function idOf({ at, change, id, model_id, seeded }: Change): string {
  const name = seeded ? `${model_id}/${change}/${at}` : id
  const digits = tagOf(name) + tagOf(`${name}/`)
  const groups = /^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/.exec(digits)?.slice(1) ?? []
  const [first, second, third, fourth, last] = groups
  return `urn:uuid:${first}-${second}-8${third}-a${fourth}-${last}`
}

function inWords(
  { alias, change, fields = [], retires_at }: Change,
  name: string,
  at: number,
): string {
  const [from, to] = [knownTime(retires_at?.from), knownTime(retires_at?.to)]
  const instead = from === undefined ? '' : ` instead of ${longDayText(from)}`
  switch (change) {
    case 'released':
      return `${name} was released`
    case 'deprecated':
      return to === undefined ? `${name} is deprecated` : `${name} ${ending(to, at)}`
    case 'retired':
      return `${name} is retired`
    case 'retirement_rescheduled':
      return to === undefined
        ? `${name} has no retirement date any more`
        : `${name} ${ending(to, at, instead)}`
    case 'removed':
      return `${name} is no longer listed`
    case 'alias_moved':
      return `${alias} stands for ${name} now`
    case 'alias_ended':
      return `${alias} stands for nothing any more: it stood for ${name}`
    case 'changed':
    default:
      return `${name} changed: ${fields.join(', ')}`
  }
}

function ending(to: number, at: number, instead = ''): string {
  const left = daysUntil(to, at)
  const day = `${longDayText(to)}${instead}`
  if (left <= 0) return `was to retire on ${day}`
  return `retires on ${day}: ${left} ${left === 1 ? 'day' : 'days'} left`
}
