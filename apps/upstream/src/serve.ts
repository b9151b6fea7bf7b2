import { ApiError, type ModelInfo, type Page, pageOf, parseListQuery } from '@models-edge/core'
import { answer } from './answer.ts'
import { aliases, models } from './catalogue.ts'
import { misbehaviourFor } from './plan.ts'
import { refuseUnwelcome } from './refusal.ts'

type Shown = readonly ModelInfo[]

/** The list, unless the request is unwelcome or the stand-in is told to misbehave. */
export function serveList(request: Request, key: string): Response | Promise<Response> {
  refuseUnwelcome(request, key)
  const { fault, options } = misbehaviourFor(request)
  const query = new URL(request.url).searchParams
  const page: Page = pageOf(fault.models?.(models) ?? models, parseListQuery(query))
  const response = answer(request, fault.page?.(page, query) ?? page)
  return fault.answer?.(response, options) ?? response
}

/** One model, likewise. */
export function serveModel(
  request: Request,
  id: string,
  key: string,
): Response | Promise<Response> {
  refuseUnwelcome(request, key)
  const { fault, options } = misbehaviourFor(request)
  const response = answer(request, find(fault.models?.(models) ?? models, decode(id)))
  return fault.answer?.(response, options) ?? response
}

function find(shown: Shown, id: string): ModelInfo {
  const real = aliases.get(id) ?? id
  const model = shown.find((candidate) => candidate.id === real)
  if (!model) throw new ApiError(`model: ${id}`, { status: 404, type: 'not_found_error' })
  return model
}

function decode(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}
