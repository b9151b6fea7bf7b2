import type { ModelInfo } from '@models-edge/core'
import type { StoredModel } from '../catalog/snapshot.ts'
import { digest } from '../digest.ts'

/** Something that happened to a model. */
export interface Change {
  readonly type: 'change'
  /** Made from what happened, and from what happened to the model before: a repeated sync makes it again. */
  readonly id: string
  readonly change:
    | 'released'
    | 'deprecated'
    | 'retired'
    | 'retirement_rescheduled'
    | 'removed'
    | 'changed'
  readonly model_id: string
  /** When a sync saw it; for a seeded change, the model's own date. */
  readonly at: string
  /** Not seen, but told by the dates that the model carried at the very first sync. */
  readonly seeded: boolean
  /** Of a deprecation, retirement or rescheduling: the retirement date, before and now. */
  readonly retires_at?: { readonly from: string | null; readonly to: string | null }
  /** Of a change: the fields that differ. */
  readonly fields?: readonly string[]
  /** Of a removal: the model as it was. */
  readonly model?: ModelInfo
}

type News = Omit<Change, 'id' | 'type'>

const MAX_CHANGES = 1000

/** The history, newest first, with what the new models say that the old ones did not. */
export async function withChanges(
  history: readonly Change[],
  before: readonly StoredModel[],
  after: readonly StoredModel[],
  at: string,
): Promise<readonly Change[]> {
  const old = new Map(before.map((model) => [model.id, model]))
  const now = new Set(after.map(({ id }) => id))
  const news = [
    ...after.flatMap((model) => compare(old.get(model.id), model, at)),
    ...before.filter(({ id }) => !now.has(id)).map((model) => removal(model, at)),
  ]
  const changes = await Promise.all(news.map((change) => identified(change, history)))
  return [...changes, ...history].slice(0, MAX_CHANGES)
}

/** The history that the models themselves tell by their dates, for the very first sync. */
export async function seededChanges(
  models: readonly StoredModel[],
  now: string,
): Promise<readonly Change[]> {
  const told = models.flatMap((model): News[] => {
    const { id, lifecycle, deprecated_at, retires_at } = model
    const { created_at } = JSON.parse(model.json) as ModelInfo
    const dates: [Change['change'], string | null | undefined][] = [
      ['released', Date.parse(created_at) > 86_400_000 ? created_at : null], // an epoch value: unknown
      ['deprecated', deprecated_at],
      ['retired', lifecycle === 'retired' ? retires_at : null],
    ]
    return dates.flatMap(([change, at]): News[] => {
      // A date that is none has no place in an order of dates.
      if (!at || !(Date.parse(at) <= Date.parse(now))) return []
      const seed = { change, model_id: id, at, seeded: true }
      const end = { from: null, to: retires_at ?? null }
      return [change === 'released' ? seed : { ...seed, retires_at: end }]
    })
  })
  const sorted = told.toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))
  return Promise.all(sorted.slice(0, MAX_CHANGES).map((change) => identified(change, [])))
}

function compare(old: StoredModel | undefined, model: StoredModel, at: string): News[] {
  const told = { model_id: model.id, at, seeded: false }
  if (!old) return [{ change: 'released', ...told }]
  if (old.json === model.json) return []
  const news: News[] = []
  const from = old.retires_at ?? null
  const to = model.retires_at ?? null
  const turned = (['deprecated', 'retired'] as const).find(
    (lifecycle) => lifecycle === model.lifecycle && lifecycle !== old.lifecycle,
  )
  const explained = new Set<string>()
  if (turned) {
    news.push({ change: turned, ...told, retires_at: { from, to } })
    for (const field of ['lifecycle', 'deprecated_at', 'retires_at']) explained.add(field)
  } else if (from !== to) {
    news.push({ change: 'retirement_rescheduled', ...told, retires_at: { from, to } })
    explained.add('retires_at')
  }
  const fields = differingFields(old, model).filter((field) => !explained.has(field))
  return fields.length > 0 ? [...news, { change: 'changed', ...told, fields }] : news
}

function differingFields(old: StoredModel, model: StoredModel): readonly string[] {
  const before = JSON.parse(old.json) as Readonly<Record<string, unknown>>
  const after = JSON.parse(model.json) as Readonly<Record<string, unknown>>
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
}

function removal({ id, json }: StoredModel, at: string): News {
  return {
    change: 'removed',
    model_id: id,
    at,
    seeded: false,
    model: JSON.parse(json) as ModelInfo,
  }
}

async function identified(news: News, history: readonly Change[]): Promise<Change> {
  const previous = history.find(({ model_id }) => model_id === news.model_id)?.id
  const { at, ...what } = news
  // The time of a sync is no part of what happened; the date of a seed is.
  const essence = JSON.stringify([previous, what, news.seeded && at])
  return { type: 'change', id: `chg_${await digest(essence)}`, ...news }
}
