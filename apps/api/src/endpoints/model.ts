import { type Answer, jsonAnswer } from '../http/answer.ts'
import { badRequest } from '../http/client-error.ts'
import { refusal } from '../http/error-answer.ts'
import { tagOf } from '../snapshot/tag.ts'
import type { PublicView } from './public-view.ts'

const MAX_NAME = 256

/** One model by its id or an alias, with what HTTP has to say about its end. */
export function modelAnswer(view: PublicView, encoded: string): Answer {
  const name = nameIn(encoded)
  const model = view.find(name)
  if (!model) return unknownModel(name, view)
  const deprecated = Date.parse(model.deprecated_at ?? '')
  const retires = new Date(model.retires_at ?? NaN)
  return jsonAnswer(model.json, {
    policy: 'data',
    tag: tagOf(model.json),
    changedAt: view.changedAt,
    shared: view.headers,
    headers: {
      ...(!Number.isNaN(deprecated) && { deprecation: `@${Math.floor(deprecated / 1000)}` }),
      ...(!Number.isNaN(Number(retires)) && { sunset: retires.toUTCString() }),
    },
  })
}

/** The name in a part of a path. It is long enough to be looked for, and not too long. */
function nameIn(encoded: string): string {
  const name = decode(encoded)
  if (name.length <= MAX_NAME) return name
  throw badRequest(`model_id: Input should have at most ${MAX_NAME} characters`)
}

function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded)
  } catch {
    throw badRequest('model_id: Input should be percent-encoded UTF-8')
  }
}

/** The most frequent error by far, and one that anybody can ask for: it is an answer like any other. */
function unknownModel(name: string, view: PublicView): Answer {
  const { headers, nearest } = view
  const was = view.findPast(name)
  const near = nearest.to(name)
  const isTold = was !== undefined || near.length > 0
  const details = isTold ? { was: was?.id, suggestions: near } : undefined
  return refusal({ status: 404, message: `model: ${name}`, details, shared: headers })
}
