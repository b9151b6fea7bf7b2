import { type Answer, jsonAnswer } from '../http/answer.ts'
import { tagOf } from '../snapshot/tag.ts'
import type { PublicView } from './public-view.ts'

/** What was made of a view, named by its text: the same text, the same tag. */
export function dataAnswer(
  { changedAt, headers: shared }: PublicView,
  json: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return jsonAnswer(json, { policy: 'data', tag: tagOf(json), changedAt, shared, headers })
}
