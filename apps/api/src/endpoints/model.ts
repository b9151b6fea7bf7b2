import type { Answer } from '../http/answer.ts'
import { refusal } from '../http/error-answer.ts'
import type { StoredModel } from '../snapshot/model.ts'
import { dataAnswer } from './data-answer.ts'
import { nameIn } from './path-name.ts'
import type { PublicView } from './public-view.ts'

/** One model by its id or an alias, with what HTTP has to say about its end. */
export function modelAnswer(view: PublicView, encoded: string): Answer {
  const name = nameIn(encoded, 'model_id')
  const model = view.find(name)
  if (!model) return unknownModel(name, view)
  return modelFound(view, model)
}

/** A model, byte for byte. */
export function modelFound(view: PublicView, model: StoredModel): Answer {
  const deprecated = Date.parse(model.deprecated_at ?? '')
  const retires = new Date(model.retires_at ?? NaN)
  return dataAnswer(view, model.json, {
    ...(!Number.isNaN(deprecated) && { deprecation: `@${Math.floor(deprecated / 1000)}` }),
    ...(!Number.isNaN(Number(retires)) && { sunset: retires.toUTCString() }),
  })
}

/** The most frequent error by far, and one that anybody can ask for: it is an answer like any other. */
export function unknownModel(name: string, view: PublicView): Answer {
  const { headers, nearest } = view
  const was = view.findPast(name)
  const near = nearest.to(name)
  const isTold = was !== undefined || near.length > 0
  const details = isTold ? { was: was?.id, suggestions: near } : undefined
  return refusal({ status: 404, message: `model: ${name}`, details, shared: headers })
}
