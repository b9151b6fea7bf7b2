import { ofLifecycles, parseListQuery } from '@models-edge/core'
import type { Answer } from '../http/answer.ts'
import { asked } from '../http/client-error.ts'
import { listPage } from './list-page.ts'
import type { PublicView } from './public-view.ts'

/** The page of models that a query asks for. */
export function modelsPage(view: PublicView, query: URLSearchParams): Answer {
  const { lifecycle, ...params } = asked(() => parseListQuery(query))
  return listPage(view, {
    path: '/v1/models',
    tag: view.tags.models,
    list: view.models,
    params,
    shows: ofLifecycles(lifecycle),
    carried: (lifecycle ?? []).map((value) => ['lifecycle[]', value]),
  })
}
