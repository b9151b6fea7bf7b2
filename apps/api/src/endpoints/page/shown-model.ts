import { type ModelInfo, type ModelStanding, retirementStatus } from '@models-edge/core'
import type { KnownName } from '../known-name.ts'
import { knownTime } from './time.ts'

/** A model as the page shows it: what is of the wrong type, unknown or out of all bounds is absent. */
export interface ShownModel {
  readonly id: string
  readonly name: string
  readonly line: string | undefined
  readonly context: number | undefined
  readonly output: number | undefined
  readonly releasedAt: number | undefined
  readonly deprecatedAt: number | undefined
  readonly retiresAt: number | undefined
  /** Since when it is listed no longer. */
  readonly removedAt: number | undefined
  readonly status: ModelStanding['status']
  /** Of a deprecated model whose date is still to come. */
  readonly daysLeft: number | undefined
}

const MAX_NAME = 80
const MAX_LINE = 24
const MAX_TOKENS = 1e12

export function shownModel(
  { id, json, removedAt: removed }: Pick<KnownName, 'id' | 'json' | 'removedAt'>,
  today: number,
): ShownModel {
  const model = JSON.parse(json) as Readonly<Record<keyof ModelInfo, unknown>>
  const retiresAt = knownTime(model.retires_at)
  const removedAt = knownTime(removed)
  const standing = retirementStatus(
    {
      lifecycle: typeof model.lifecycle === 'string' ? model.lifecycle : null,
      retires_at: retiresAt === undefined ? null : new Date(retiresAt).toISOString(),
    },
    today,
  )
  return {
    // Half a surrogate pair is valid JSON, and nothing that could stand in an address.
    id: id.toWellFormed(),
    name: textOf(model.display_name, MAX_NAME) ?? id.toWellFormed(),
    line: textOf(model.line, MAX_LINE),
    context: countOf(model.max_input_tokens),
    output: countOf(model.max_tokens),
    releasedAt: knownTime(model.created_at),
    deprecatedAt: knownTime(model.deprecated_at),
    retiresAt,
    removedAt,
    status: removedAt === undefined ? standing.status : 'removed',
    daysLeft:
      removedAt === undefined && standing.status === 'deprecated' ? standing.daysLeft : undefined,
  }
}

/** As many as there is room for, in their order: those that are retired go first. */
export function foremost(models: readonly ShownModel[], room: number): readonly ShownModel[] {
  const gone = models.filter(({ status }) => status === 'retired')
  const alive = models.length - gone.length
  const kept = new Set(gone.slice(0, Math.max(0, room - alive)))
  return models.filter((model) => model.status !== 'retired' || kept.has(model)).slice(0, room)
}

function textOf(value: unknown, most: number): string | undefined {
  const text = typeof value === 'string' ? value.trim().toWellFormed() : ''
  if (text === '') return undefined
  return text.length > most ? `${text.slice(0, most).toWellFormed()}…` : text
}

function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 && value < MAX_TOKENS ? value : undefined
}
