import type { Change, ModelInfo } from '@models-edge/core'
import { canonical } from './canonical.ts'
import { type StoredModel, storedModel } from './model.ts'

/** Something that happened to a model, before it has a position in the history. */
export type News = Omit<Change, 'id' | 'type'>

/** A value as JSON; what is longer is not repeated in a change. */
const MAX_VALUE = 200

const DAY_MS = 86_400_000

/** What the new model says that the old one did not; nothing where only its text is another. */
export function newsOf(old: string | undefined, model: StoredModel, at: string): readonly News[] {
  const facts = { model_id: model.id, at, seeded: false }
  if (old === undefined) return [{ change: 'released', ...facts }]
  const was = storedModel(old)
  const news: News[] = []
  const from = was.retires_at ?? null
  const to = model.retires_at ?? null
  const turned = (['deprecated', 'retired'] as const).find(
    (lifecycle) => lifecycle === model.lifecycle && lifecycle !== was.lifecycle,
  )
  const explained = new Set<string>()
  if (turned) {
    news.push({ change: turned, ...facts, retires_at: { from, to } })
    for (const field of ['lifecycle', 'deprecated_at', 'retires_at']) explained.add(field)
  } else if (from !== to) {
    news.push({ change: 'retirement_rescheduled', ...facts, retires_at: { from, to } })
    explained.add('retires_at')
  }
  const differing = differences(old, model.json).filter(({ field }) => !explained.has(field))
  if (differing.length === 0) return news
  const fields = differing.map(({ field }) => field)
  const small = differing.filter(({ values }) => JSON.stringify(values).length <= MAX_VALUE)
  // An entry more than once, or named `__proto__`, stays what it is: a field.
  const values = Object.fromEntries(small.map(({ field, values: both }) => [field, both]))
  return [...news, { change: 'changed', ...facts, fields, ...(small.length > 0 && { values }) }]
}

export function removalOf(json: string, at: string): News {
  const model = JSON.parse(json) as ModelInfo
  return { change: 'removed', model_id: storedModel(json).id, at, seeded: false, model }
}

/** What an alias stands for now, or that it stands for nothing any more. */
export function aliasNews(
  {
    alias,
    from,
    to,
  }: { readonly alias: string; readonly from: string | null; readonly to: string | null },
  at: string,
): News {
  const change = to === null ? 'alias_ended' : 'alias_moved'
  const facts = { model_id: to ?? from ?? '', at, seeded: false }
  return { change, ...facts, alias, stands_for: { from, to } }
}

/** The history that the models themselves tell by their dates, newest first. */
export function seededNews(models: readonly StoredModel[], now: number): readonly News[] {
  const events = models.flatMap((model): News[] => {
    const { id, lifecycle, deprecated_at, retires_at } = model
    const { created_at } = JSON.parse(model.json) as ModelInfo
    const dates: readonly (readonly [Change['change'], string | null | undefined])[] = [
      // Latest first, also where two of them are the same moment.
      ['retired', lifecycle === 'retired' ? retires_at : null],
      ['deprecated', deprecated_at],
      ['released', Date.parse(created_at) > DAY_MS ? created_at : null], // an epoch value: unknown
    ]
    return dates.flatMap(([change, at]): News[] => {
      // A date that is none has no place in an order of dates.
      if (!at || !(Date.parse(at) <= now)) return []
      const seed = { change, model_id: id, at, seeded: true }
      const end = { from: null, to: retires_at ?? null }
      return [change === 'released' ? seed : { ...seed, retires_at: end }]
    })
  })
  return events.toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))
}

interface Difference {
  readonly field: string
  readonly values: { readonly from: unknown; readonly to: unknown }
}

function differences(old: string, json: string): readonly Difference[] {
  const before = JSON.parse(old) as Readonly<Record<string, unknown>>
  const after = JSON.parse(json) as Readonly<Record<string, unknown>>
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].flatMap((field): Difference[] => {
    const [from, to] = [before, after].map((fields) =>
      Object.hasOwn(fields, field) ? fields[field] : undefined,
    )
    return sameValue(from, to) ? [] : [{ field, values: { from, to } }]
  })
}

function sameValue(one: unknown, other: unknown): boolean {
  if (one === undefined || other === undefined) return one === other
  return canonical(JSON.stringify(one)) === canonical(JSON.stringify(other))
}
