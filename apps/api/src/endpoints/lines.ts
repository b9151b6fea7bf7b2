import { type ModelInfo, retirementStatus } from '@models-edge/core'
import { type Answer, jsonAnswer } from '../http/answer.ts'
import { refusal } from '../http/error-answer.ts'
import type { StoredModel } from '../snapshot/model.ts'
import { tagOf } from '../snapshot/tag.ts'
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
  const { changedAt, headers } = view
  const lines = Array.from(newestOfLines(view), ([line, { id }]) => ({ type: 'line', line, id }))
  const json = JSON.stringify({ data: lines })
  return jsonAnswer(json, { policy: 'data', tag: tagOf(json), changedAt, shared: headers })
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
