import { compareModels, type ModelInfo } from '@models-edge/core'
import type { Answer } from '../http/answer.ts'
import { dataAnswer } from './data-answer.ts'
import { knownName } from './known-name.ts'
import { unknownModel } from './model.ts'
import { nameIn } from './path-name.ts'
import type { PublicView } from './public-view.ts'

/** What changes for somebody who moves from one model to the other, also from one that is retired. */
export function compareAnswer(view: PublicView, encoded: readonly [string, string]): Answer {
  const [from, to] = [nameIn(encoded[0], 'from'), nameIn(encoded[1], 'to')]
  const [was, is] = [knownName(view, from), knownName(view, to)]
  if (!was) return unknownModel(from, view)
  if (!is) return unknownModel(to, view)
  const comparison = compareModels(
    JSON.parse(was.json) as ModelInfo,
    JSON.parse(is.json) as ModelInfo,
  )
  return dataAnswer(view, JSON.stringify(comparison))
}
