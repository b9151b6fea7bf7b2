import { type ModelInfo, retirementStatus, type RetirementStatus } from '@models-edge/core'
import type { StoredModel } from '../catalog/snapshot.ts'
import { parsed } from './time.ts'

/** A model as the page shows it: what is of the wrong type, or unknown, is absent. */
export interface ShownModel {
  readonly id: string
  readonly name: string
  readonly line: string | undefined
  readonly context: number | undefined
  readonly output: number | undefined
  readonly releasedAt: number | undefined
  readonly deprecatedAt: number | undefined
  readonly retiresAt: number | undefined
  readonly status: RetirementStatus
}

const DAY_MS = 86_400_000

export function shownModel({ id, json }: StoredModel, today: number): ShownModel {
  const model = JSON.parse(json) as Readonly<Record<keyof ModelInfo, unknown>>
  const dates = {
    lifecycle: stringOf(model.lifecycle) ?? null,
    retires_at: stringOf(model.retires_at) ?? null,
  }
  const releasedAt = parsed(stringOf(model.created_at))
  return {
    id,
    name: stringOf(model.display_name) || id,
    line: stringOf(model.line),
    context: numberOf(model.max_input_tokens),
    output: numberOf(model.max_tokens),
    // An epoch value says that nobody knows.
    releasedAt: releasedAt !== undefined && releasedAt > DAY_MS ? releasedAt : undefined,
    deprecatedAt: parsed(stringOf(model.deprecated_at)),
    retiresAt: parsed(dates.retires_at),
    status: retirementStatus(dates, today),
  }
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}
