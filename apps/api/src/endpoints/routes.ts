import { IttyRouter, type IRequest } from 'itty-router'
import type { operations } from '../contract/operations.ts'
import type { Answer } from '../http/answer.ts'
import { notFound } from '../http/client-error.ts'
import type { Platform } from '../platform/platform.ts'
import { changesPage } from './changes.ts'
import { filesOnce } from './files.ts'
import { healthAnswer } from './health.ts'
import { modelAnswer } from './model.ts'
import { modelsPage } from './models.ts'
import { pageAnswer } from './page/page.ts'
import type { PublicHeld, PublicView } from './public-view.ts'
import { pinnedWidget } from './widget/widget.ts'
import type { Assets } from '../platform/bindings.ts'

/** What a request says in its path: nothing else of it is for a route that takes no query. */
interface Named {
  /** What stands in the place of the name in the path, as it was written. */
  readonly name: string
}

interface Asked extends Named {
  readonly query: URLSearchParams
}

/** What a route needs, and whether its answer may be remembered: for the exact URL, or for its path alone. */
export type Route =
  | {
      readonly needs: 'a view'
      readonly remember: 'url'
      readonly answer: (view: PublicView, asked: Asked) => Answer | Promise<Answer>
    }
  | {
      readonly needs: 'a view'
      readonly remember: 'path'
      readonly answer: (view: PublicView, named: Named) => Answer | Promise<Answer>
    }
  | {
      readonly needs: 'what is held'
      readonly remember: 'never' | 'path'
      readonly answer: (held: PublicHeld) => Answer | Promise<Answer>
    }
  | {
      readonly needs: 'nothing'
      readonly remember?: undefined
      readonly answer: (named: Named) => Answer | Promise<Answer>
    }

interface Parts {
  readonly platform: Platform
  readonly publicURL: string | undefined
  readonly assets: Assets | undefined
}

/** Every path that the contract has, and no other. */
export function routesOf({
  assets,
  platform,
  publicURL,
}: Parts): Readonly<Record<keyof typeof operations, Route>> {
  const files = filesOnce()
  return {
    '/v1/models': {
      needs: 'a view',
      remember: 'url',
      answer: (view, { query }) => modelsPage(view, query),
    },
    '/v1/models/:model_id': {
      needs: 'a view',
      remember: 'path',
      answer: (view, { name }) => modelAnswer(view, name),
    },
    '/v1/changes': {
      needs: 'a view',
      remember: 'url',
      answer: (view, { query }) => changesPage(view, query),
    },
    '/health': {
      needs: 'what is held',
      remember: 'never',
      answer: (held) => healthAnswer(held, platform.now()),
    },
    '/': {
      needs: 'what is held',
      remember: 'path',
      answer: async (held) => pageAnswer(held, (await files()).widget, publicURL),
    },
    '/openapi.json': {
      needs: 'nothing',
      answer: async () => (await files()).openapi,
    },
    '/llms.txt': { needs: 'nothing', answer: async () => (await files()).guide },
    '/widget.js': {
      needs: 'nothing',
      answer: async () => (await files()).widget.newest,
    },
    '/widget/:version/widget.js': {
      needs: 'nothing',
      answer: async ({ name }) => pinnedWidget(name, await files(), assets),
    },
  }
}

/** The route of a path and query, whatever host they were sent to. */
export interface Match {
  readonly route: Route
  readonly path: string
  readonly asked: Asked
}

export function matcherOf(
  routes: Readonly<Record<string, Route>>,
): (target: string) => Promise<Match> {
  const router = IttyRouter<IRequest, [], { readonly route: Route; readonly name: string }>()
  for (const [path, route] of Object.entries(routes)) {
    router.get(path, ({ params }) => ({ route, name: Object.values(params)[0] ?? '' }))
  }
  router.all('*', () => {
    throw notFound()
  })
  return async (target) => {
    const { pathname: path, search } = new URL(`http://host${target}`)
    // The router is lenient about slashes at the end; a cache would keep both spellings.
    if (path.length > 1 && path.endsWith('/')) throw notFound()
    const { name, route } = await router.fetch({ method: 'GET', url: `http://host${path}` })
    return { path, route, asked: { name, query: new URLSearchParams(search) } }
  }
}
