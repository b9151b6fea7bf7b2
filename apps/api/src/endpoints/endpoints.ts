import type { Answer } from '../http/answer.ts'
import { badHost, methodNotAllowed } from '../http/client-error.ts'
import { respond } from '../http/conditional.ts'
import { preflight } from '../http/cors.ts'
import { errorAnswer, refusal } from '../http/error-answer.ts'
import { hasBadHost, pathAndQuery } from '../http/target.ts'
import type { Memory } from '../memory/memory.ts'
import type { View } from '../memory/view.ts'
import type { Background, Platform } from '../platform/platform.ts'
import { type Match, matcherOf } from './matcher.ts'
import type { Route } from './routes.ts'

/** From a request to its response. Its method, its path and query and its validators make it. */
export class Endpoints {
  readonly #memory: Memory
  readonly #log: Platform['log']
  readonly #match: (target: string) => Match | undefined

  constructor(memory: Memory, routes: Readonly<Record<string, Route>>, log: Platform['log']) {
    this.#memory = memory
    this.#log = log
    this.#match = matcherOf(routes)
  }

  respond(request: Request, background: Background): Response | Promise<Response> {
    const { method, url } = request
    if (method === 'OPTIONS') return preflight(request)
    if (method !== 'GET' && method !== 'HEAD') return this.#fail(request, methodNotAllowed())
    if (hasBadHost(request)) return this.#fail(request, badHost())
    const target = pathAndQuery(url)
    const view = this.#memory.current(background)
    const known = view && this.#memory.answers.get(target)
    return known ? respond(request, known) : this.#work(request, target, background)
  }

  async #work(request: Request, target: string, background: Background): Promise<Response> {
    try {
      const match = this.#match(target)
      const answer = match ? await this.#answer(match, background) : noSuchPath(target)
      return respond(request, answer)
    } catch (error) {
      return this.#fail(request, error)
    }
  }

  #fail(request: Request, error: unknown): Response {
    return respond(request, errorAnswer(error, this.#log))
  }

  async #answer(match: Match, background: Background): Promise<Answer> {
    const { asked, key, route } = match
    switch (route.needs) {
      case 'nothing':
        return route.answer(asked)
      case 'what is held': {
        const held = await this.#memory.look(background)
        if (!route.isRemembered || held.kind === 'nothing') return route.answer(held)
        return this.#remembered(key, held.view, () => route.answer(held))
      }
      case 'a view': {
        const view = await this.#memory.view(background)
        return this.#remembered(key, view, () => route.answer(view, asked))
      }
      default:
        return route satisfies never
    }
  }

  /** What is asked for once is most often asked for no more: an answer is kept when it was made twice. */
  async #remembered(
    key: string | undefined,
    view: View,
    make: () => Answer | Promise<Answer>,
  ): Promise<Answer> {
    if (key === undefined) return make()
    const { answers } = this.#memory
    const known = answers.get(key)
    if (known) return known
    const answer = await make()
    // What was made of an older view must not outlive it.
    const { held } = this.#memory
    const isOfHeld = held.kind === 'view' && held.view === view
    if (isOfHeld && answers.isAskedAgain(key)) answers.remember(key, answer.kept())
    return answer
  }
}

/** Clients write `/v1` themselves: a base URL that ends in it is the most frequent mistake. */
function noSuchPath(target: string): Answer {
  const isTwice = /^\/v1\/+v1\b/.test(target)
  const message = isTwice
    ? 'Not found: the path begins with /v1/v1. The base URL must end before /v1'
    : 'Not found'
  return refusal({ status: 404, message })
}
