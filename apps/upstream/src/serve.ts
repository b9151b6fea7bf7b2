import {
  ApiError,
  type ModelInfo,
  ofLifecycles,
  type Page,
  PagedList,
  parseListQuery,
} from '@models-edge/core'
import { answer, answerError } from './answer.ts'
import { aliases, models } from './catalogue.ts'
import { isOver, modelsNow } from './clock.ts'
import type { Fault } from './faults.ts'
import { misbehaviourFor } from './plan.ts'
import { refuseUnwelcome } from './refusal.ts'

type Shown = readonly ModelInfo[]

/** The list, unless the request is unwelcome or the stand-in is told to misbehave. */
export function serveList(request: Request, key: string): Response | Promise<Response> {
  return serve(request, key, (fault) => {
    const query = new URL(request.url).searchParams
    const params = parseListQuery(query)
    const now = modelsNow(models)
    const shown = new PagedList(fault.models?.(now) ?? now)
    const page: Page = shown.page(params, ofLifecycles(params.lifecycle))
    return fault.page?.(page, query) ?? page
  })
}

/** One model, likewise. */
export function serveModel(
  request: Request,
  id: string,
  key: string,
): Response | Promise<Response> {
  return serve(request, key, (fault) => {
    const now = modelsNow(models)
    return find(fault.models?.(now) ?? now, decode(id))
  })
}

function serve(
  request: Request,
  key: string,
  bodyWith: (fault: Fault) => unknown,
): Response | Promise<Response> {
  refuseUnwelcome(request, key)
  const { fault, options } = misbehaviourFor(request)
  const well = (): Response => {
    try {
      return answer(request, bodyWith(fault))
    } catch (error) {
      if (error instanceof ApiError) return answerError(request, error)
      throw error
    }
  }
  return fault.answer ? fault.answer(well, options) : well()
}

function find(shown: Shown, id: string): ModelInfo {
  const real = aliases.get(id) ?? id
  const model = shown.find((candidate) => candidate.id === real)
  if (!model || (id !== real && isOver(model)))
    throw new ApiError(`model: ${id}`, { status: 404, type: 'not_found_error' })
  return model
}

function decode(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}
