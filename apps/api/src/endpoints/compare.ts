import { type ComparableModel, compareModels, type ModelInfo } from '@models-edge/core'
import type { Answer } from '../http/answer.ts'
import { dataAnswer } from './data-answer.ts'
import { type KnownName, knownName } from './known-name.ts'
import { unknownModel } from './model.ts'
import { nameIn } from './path-name.ts'
import type { PublicView } from './public-view.ts'

/** What changes for somebody who moves from one model to the other, also from one that is retired. */
export function compareAnswer(view: PublicView, encoded: readonly [string, string]): Answer {
  const [from, to] = [nameIn(encoded[0], 'from'), nameIn(encoded[1], 'to')]
  const [was, is] = [knownName(view, from), knownName(view, to)]
  if (!was) return unknownModel(from, view)
  if (!is) return unknownModel(to, view)
  return dataAnswer(view, JSON.stringify(compareModels(lastKnown(was), lastKnown(is))))
}

function lastKnown({ json, removedAt }: KnownName): ComparableModel {
  return { ...(JSON.parse(json) as ModelInfo), removed_at: removedAt ?? null }
}
