import type { Answer } from '../../src/http/answer.ts'

/** What an answer says, as JSON. */
export function bodyOf({ body }: Pick<Answer, 'body'>): unknown {
  return JSON.parse(body)
}
