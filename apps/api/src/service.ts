import { Answers } from './catalog/answers.ts'
import { hiddenBy } from './catalog/hidden.ts'
import { type Background, Reader } from './catalog/reader.ts'
import type { Snapshot } from './catalog/snapshot.ts'
import type { View } from './catalog/view.ts'
import { commaList } from './comma-list.ts'
import { isWithin, PERIOD_MS } from './freshness.ts'
import type { Answer } from './http/answer.ts'
import { respond } from './http/conditional.ts'
import { preflight } from './http/cors.ts'
import { badHost, errorAnswer, methodNotAllowed } from './http/errors.ts'
import { hasBadHost, pathAndQuery } from './http/target.ts'
import { type Files, makeFiles } from './files.ts'
import { healthAnswer } from './health.ts'
import { pageAnswer } from './page/page.ts'
import { releasedWidget } from './page/widget-file.ts'
import { route } from './routes.ts'
import { SyncError } from './sync/reason.ts'
import { StatusReader } from './sync/status.ts'
import { sync, type Synced, type SyncParts } from './sync/sync.ts'
import { connectUpstream } from './sync/upstream.ts'

/** The bindings: only KV and the key are needed. */
export type Bindings = Partial<Env>

/** The service in one isolate. */
export class Service {
  readonly #status: StatusReader
  readonly #reader: Reader
  readonly #sync: SyncParts
  readonly #answers = new Answers()
  readonly #publicURL: string | undefined
  readonly #assets: Fetcher | undefined
  #files: Files | undefined
  #page: { readonly view: View; readonly answer: Answer } | undefined
  #syncing: { readonly done: Promise<Synced>; readonly until: number } | undefined
  /** For a period from then on no request begins another, whoever wanted that one and however it ended. */
  #syncedAt = -Infinity

  constructor(env: Bindings) {
    const kv = env.CATALOG ?? missingKv
    this.#status = new StatusReader(kv)
    this.#publicURL = env.PUBLIC_URL
    this.#assets = env.ASSETS
    this.#sync = {
      kv,
      upstream: connectUpstream(
        {
          apiKey: env.ANTHROPIC_API_KEY,
          baseURL: env.ANTHROPIC_BASE_URL || undefined,
          version: env.ANTHROPIC_VERSION || undefined,
        },
        (request) => fetch(request),
      ),
      extraAliases: commaList(env.EXTRA_ALIASES),
      // oxlint-disable-next-line no-console -- the one line per sync
      log: (line) => console.log(JSON.stringify(line)),
      onFirst: (found) => this.#reader.adopt(found),
    }
    this.#reader = new Reader({
      kv,
      isHidden: hiddenBy(env.HIDDEN_MODELS),
      syncNow: async (held) => {
        const now = Date.now()
        if (!this.#underWay(now)) {
          if (isWithin(PERIOD_MS, this.#syncedAt, now)) return undefined
          // A fuse that is broken is no fuse.
          const fuse = await env.SYNC_FUSE?.limit({ key: 'sync' }).catch(() => undefined)
          if (fuse?.success === false) return undefined
        }
        return this.#syncNow(held, new Date())
      },
      onChange: () => this.#answers.forget(),
    })
  }

  /** The response to a request. Its method, its path and query and its validators make it. */
  respond(request: Request, background: Background): Response | Promise<Response> {
    const { method, url } = request
    if (method === 'OPTIONS') return preflight(request)
    if (method !== 'GET' && method !== 'HEAD') return this.#fail(request, methodNotAllowed())
    if (hasBadHost(request)) return this.#fail(request, badHost())
    const view = this.#reader.current(background)
    const known = view && this.#answers.get(pathAndQuery(url))
    return known ? respond(request, known) : this.#work(request, background)
  }

  /** A tick of the cron. */
  async tick(slot: Date): Promise<void> {
    const { snapshot } = await this.#syncNow(this.#reader.held?.snapshot, slot)
    this.#reader.adopt(snapshot)
  }

  /** One sync at a time, whoever wants it; one that its isolate lost is not waited for for ever. */
  #syncNow(held: Snapshot | undefined, slot: Date): Promise<Synced> {
    const now = Date.now()
    const underWay = this.#underWay(now)
    if (underWay) return underWay
    this.#syncedAt = now
    const done = sync(this.#sync, held, slot, this.#status.own)
      .then((synced) => {
        this.#status.note(synced.status)
        return synced
      })
      .finally(() => {
        if (this.#syncing?.done === done) this.#syncing = undefined
      })
    this.#syncing = { done, until: now + 60_000 }
    return done
  }

  #underWay(now: number): Promise<Synced> | undefined {
    return this.#syncing && now < this.#syncing.until ? this.#syncing.done : undefined
  }

  async #work(request: Request, background: Background): Promise<Response> {
    const target = pathAndQuery(request.url)
    let view: View | undefined
    try {
      const answer = await route(target, {
        view: async () => (view = await this.#reader.view(background)),
        health: () => this.#health(background),
        page: async () => {
          // People get a page, also when there is nothing to show on it.
          view = await this.#reader.view(background).catch(() => undefined)
          return this.#pageOf(view)
        },
        files: () => this.#madeFiles(),
        released: (version) => releasedWidget(version, this.#assets),
      })
      // What was made of an older view must not outlive it.
      if (view && view === this.#reader.held && answer !== this.#page?.answer) {
        this.#answers.remember(target, answer)
      }
      return respond(request, answer)
    } catch (error) {
      return this.#fail(request, error)
    }
  }

  async #fail(request: Request, error: unknown): Promise<Response> {
    return respond(request, await errorAnswer(error))
  }

  /** Made once for a view, however it is asked for. */
  async #pageOf(view: View | undefined): Promise<Answer> {
    if (view && view === this.#page?.view) return this.#page.answer
    const { widget } = await this.#madeFiles()
    const answer = await pageAnswer(view, widget, this.#publicURL)
    this.#page = view && { view, answer }
    return answer
  }

  async #madeFiles(): Promise<Files> {
    return (this.#files ??= await makeFiles())
  }

  async #health(background: Background): Promise<Answer> {
    const view = await this.#reader.view(background).catch(() => undefined)
    return healthAnswer(view, await this.#status.read(), new Date())
  }
}

/** KV that was not bound: the service runs without, and says so with every sync. */
const missingKv = { get: refuseKv, put: refuseKv } as unknown as KVNamespace

function refuseKv(): Promise<never> {
  return Promise.reject(new SyncError('misconfigured', 'The KV namespace CATALOG is not bound'))
}
