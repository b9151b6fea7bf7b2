import type { operations } from '../contract/operations.ts'
import type { Answer } from '../http/answer.ts'
import type { Platform } from '../platform/platform.ts'
import { badgeAnswer } from './badge.ts'
import { calendarAnswer } from './calendar/calendar.ts'
import { changesPage } from './changes.ts'
import { compareAnswer } from './compare.ts'
import { atomAnswer } from './feeds/atom.ts'
import { jsonFeedAnswer } from './feeds/json-feed.ts'
import { allDocuments, documentPage } from './documents/documents.ts'
import { filesOnce } from './files.ts'
import { healthAnswer } from './health.ts'
import { lifecycleAnswer } from './lifecycle.ts'
import { lineAnswer, linesAnswer } from './lines.ts'
import { modelAnswer } from './model.ts'
import { modelsPage } from './models.ts'
import { comparePage } from './page/compare-page.ts'
import { modelPage } from './page/model-page.ts'
import { pageAnswer } from './page/page.ts'
import { publicAddress } from './public-address.ts'
import type { PublicHeld, PublicView } from './public-view.ts'
import { pinnedWidget } from './widget/widget.ts'
import type { Assets } from '../platform/bindings.ts'

/** What a request says in its path: nothing else of it is for a route that takes no query. */
interface Named {
  /** What stands in the place of the name in the path, as it was written. */
  readonly name: string
  /** The second name, of a path that has two. */
  readonly other: string
}

export interface Asked extends Named {
  /** Of its query, what the route reads. */
  readonly query: string
}

/** What a route needs, and what its answer may be remembered for. */
export type Route =
  | {
      readonly needs: 'a view'
      /** The parameters that it reads. All others change nothing: without them, the answer is remembered. */
      readonly reads: readonly string[]
      readonly answer: (view: PublicView, asked: Asked) => Answer | Promise<Answer>
    }
  | {
      readonly needs: 'what is held'
      readonly isRemembered: boolean
      readonly answer: (held: PublicHeld) => Answer | Promise<Answer>
    }
  | {
      readonly needs: 'nothing'
      readonly answer: (named: Named) => Answer | Promise<Answer>
    }

interface Parts {
  readonly platform: Platform
  readonly publicURL: string | undefined
  readonly assets: Assets | undefined
}

const OF_A_PAGE = ['limit', 'after_id', 'before_id']

/** Every path that the contract has, and no other. */
export function routesOf({
  assets,
  platform,
  publicURL,
}: Parts): Readonly<Record<keyof typeof operations, Route>> {
  const files = filesOnce()
  const address = publicAddress(publicURL)
  return {
    '/v1/models': {
      needs: 'a view',
      reads: [...OF_A_PAGE, 'lifecycle[]', 'lifecycle'],
      answer: (view, { query }) => modelsPage(view, parsed(query)),
    },
    '/v1/models/:model_id': {
      needs: 'a view',
      reads: [],
      answer: (view, { name }) => modelAnswer(view, name),
    },
    '/v1/changes': {
      needs: 'a view',
      reads: [...OF_A_PAGE, 'since'],
      answer: (view, { query }) => changesPage(view, parsed(query)),
    },
    '/v1/lifecycle': { needs: 'a view', reads: [], answer: lifecycleAnswer },
    '/v1/lines': { needs: 'a view', reads: [], answer: linesAnswer },
    '/v1/lines/:line': {
      needs: 'a view',
      reads: [],
      answer: (view, { name }) => lineAnswer(view, name),
    },
    '/v1/compare/:from/:to': {
      needs: 'a view',
      reads: [],
      answer: (view, { name, other }) => compareAnswer(view, [name, other]),
    },
    '/changes.atom': {
      needs: 'a view',
      reads: [],
      answer: (view) => atomAnswer(view, address),
    },
    '/changes.json': {
      needs: 'a view',
      reads: [],
      answer: (view) => jsonFeedAnswer(view, address),
    },
    '/retirements.ics': {
      needs: 'a view',
      reads: ['model'],
      answer: (view, { query }) => calendarAnswer(view, parsed(query), address),
    },
    '/badge/:id.json': {
      needs: 'a view',
      reads: [],
      answer: (view, { name }) => badgeAnswer(view, name),
    },
    '/models/:id': {
      needs: 'a view',
      reads: [],
      answer: (view, { name }) => modelPage(view, name, address),
    },
    '/compare/:from/:to': {
      needs: 'a view',
      reads: [],
      answer: (view, { name, other }) => comparePage(view, [name, other], address),
    },
    '/robots.txt': { needs: 'nothing', answer: async () => (await files()).robots },
    '/health': {
      needs: 'what is held',
      isRemembered: false,
      answer: (held) => healthAnswer(held, platform.now()),
    },
    '/': {
      needs: 'what is held',
      isRemembered: true,
      answer: async (held) => pageAnswer(held, (await files()).widget, address),
    },
    '/openapi.json': {
      needs: 'nothing',
      answer: async () => (await files()).openapi,
    },
    '/llms.txt': { needs: 'nothing', answer: async () => (await files()).guide },
    '/llms-full.txt': { needs: 'nothing', answer: () => allDocuments(assets) },
    '/docs': { needs: 'nothing', answer: () => documentPage(undefined, assets, address) },
    '/docs/:page': {
      needs: 'nothing',
      answer: ({ name }) => documentPage(name, assets, address),
    },
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

/** With its question mark: without one, a question mark of its own would be lost. */
function parsed(query: string): URLSearchParams {
  return new URLSearchParams(`?${query}`)
}
