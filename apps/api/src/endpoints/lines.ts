import { type ModelInfo, retirementStatus } from '@models-edge/core'
import type { Answer } from '../http/answer.ts'
import { refusal } from '../http/error-answer.ts'
import type { StoredModel } from '../snapshot/model.ts'
import { dataAnswer } from './data-answer.ts'
import { modelFound } from './model.ts'
import { nameIn } from './path-name.ts'
import type { PublicView } from './public-view.ts'

/** The newest active model of each line, by its release; of two that came out at once, the first in the list. */
export function newestOfLines({ models }: PublicView): ReadonlyMap<string, StoredModel> {
  const newest = new Map<string, { readonly model: StoredModel; readonly at: number }>()
  for (const model of models.items) {
    const { created_at, line, lifecycle } = JSON.parse(model.json) as Partial<ModelInfo>
    if (typeof line !== 'string' || line === '') continue
    if (retirementStatus({ lifecycle: lifecycle ?? null }, 0).status !== 'active') continue
    const at = Date.parse(String(created_at)) || -Infinity
    const best = newest.get(line)
    if (!best || at > best.at) newest.set(line, { model, at })
  }
  return new Map(Array.from(newest, ([line, { model }]) => [line, model]))
}

/** The lines in the order of the list, each with its newest active model. */
export function linesAnswer(view: PublicView): Answer {
  const lines = Array.from(newestOfLines(view), ([line, { id }]) => ({ type: 'line', line, id }))
  return dataAnswer(view, JSON.stringify({ data: lines }))
}

/** The newest active model of one line, as it is given by its id. */
export function lineAnswer(view: PublicView, encoded: string): Answer {
  const line = nameIn(encoded, 'line')
  const newest = newestOfLines(view)
  const model = newest.get(line)
  if (model) return modelFound(view, model)
  const details = { lines: [...newest.keys()] }
  return refusal({ status: 404, message: `line: ${line}`, details, shared: view.headers })
}
