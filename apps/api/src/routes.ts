import { ApiError, refuseUnless } from '@models-edge/core'
import { type IRequest, IttyRouter } from 'itty-router'
import { changesPage, modelAnswer, modelsPage } from './catalog/pages.ts'
import { suggestions } from './catalog/suggestions.ts'
import type { View } from './catalog/view.ts'
import type { Answer } from './http/answer.ts'
import type { operations } from './contract/operations.ts'
import { pathNotFound } from './http/errors.ts'
import type { Files } from './files.ts'

/** What a route may use. The client's request is not among it: only its path and query say anything. */
export interface Resources {
  readonly query: URLSearchParams
  readonly view: () => Promise<View>
  readonly health: () => Promise<Answer>
  readonly page: () => Promise<Answer>
  readonly files: () => Promise<Files>
  /** The widget's file of an earlier version. */
  readonly released: (version: string) => Promise<Answer | undefined>
}

const MAX_NAME = 256

type Answering = (resources: Resources, name: string) => Answer | Promise<Answer>

/** Every path that the contract has, and no other. The name is what stands in its place in the path. */
const answers: Readonly<Record<keyof typeof operations, Answering>> = {
  '/v1/models': async ({ query, view }) => modelsPage(await view(), query),
  '/v1/models/:model_id': ({ view }, name) => model(name, view),
  '/v1/changes': async ({ query, view }) => changesPage(await view(), query),
  '/health': ({ health }) => health(),
  '/openapi.json': async ({ files }) => (await files()).openapi,
  '/llms.txt': async ({ files }) => (await files()).guide,
  '/': ({ page }) => page(),
  '/widget.js': async ({ files }) => (await files()).widget.newest,
  '/widget/:version/widget.js': (resources, version) => pinnedWidget(version, resources),
}

const router = IttyRouter<IRequest, [Resources], Answer>()

for (const [path, answer] of Object.entries(answers)) {
  router.get(path, ({ params }, resources) => answer(resources, Object.values(params)[0] ?? ''))
}
router.all('*', () => {
  throw pathNotFound()
})

/** The answer to a path and query, whatever host they were sent to, with whatever method and headers. */
export function route(target: string, resources: Omit<Resources, 'query'>): Promise<Answer> {
  const url = `http://host${target}`
  const { pathname, searchParams } = new URL(url)
  // The router is lenient about slashes at the end; a cache would keep both spellings.
  if (pathname.length > 1 && pathname.endsWith('/')) throw pathNotFound()
  return router.fetch({ method: 'GET', url }, { ...resources, query: searchParams })
}

async function model(encoded: string, view: Resources['view']): Promise<Answer> {
  const name = decode(encoded)
  refuseUnless(
    name.length <= MAX_NAME,
    `model_id: Input should have at most ${MAX_NAME} characters`,
  )
  const shown = await view()
  const answer = modelAnswer(shown, name)
  if (answer) return answer
  const near = suggestions(name, shown.names)
  throw new ApiError(`model: ${name}`, {
    status: 404,
    type: 'not_found_error',
    details: near.length > 0 ? { suggestions: near } : undefined,
    headers: new Headers(shown.headers),
  })
}

async function pinnedWidget(
  version: string,
  { files, released }: Pick<Resources, 'files' | 'released'>,
): Promise<Answer> {
  const { path, pinned } = (await files()).widget
  if (path === `/widget/${version}/widget.js`) return pinned
  const earlier = await released(version)
  if (earlier) return earlier
  throw new ApiError(`This version of the widget is not here: ${path} is, and /widget.js`, {
    status: 404,
    type: 'not_found_error',
  })
}

function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded)
  } catch (cause) {
    const message = 'model_id: Input should be percent-encoded UTF-8'
    throw new ApiError(message, { status: 400, type: 'invalid_request_error', cause })
  }
}
