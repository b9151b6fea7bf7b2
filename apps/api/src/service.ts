import { Answers } from './catalog/answers.ts'
import { hiddenBy, list } from './catalog/hidden.ts'
import { type Background, Reader } from './catalog/reader.ts'
import type { Snapshot } from './catalog/snapshot.ts'
import type { View } from './catalog/view.ts'
import type { Answer } from './http/answer.ts'
import { respond } from './http/conditional.ts'
import { preflight } from './http/cors.ts'
import { errorAnswer, methodNotAllowed } from './http/errors.ts'
import { healthAnswer } from './health.ts'
import { route } from './routes.ts'
import { StatusReader } from './sync/status.ts'
import { sync, type Synced, type SyncParts } from './sync/sync.ts'
import { connectUpstream } from './sync/upstream.ts'

/** The bindings: only KV and the key are needed. */
export type Bindings = Pick<Env, 'CATALOG'> & Partial<Env>

/** The service in one isolate. */
export class Service {
  readonly #status: StatusReader
  readonly #reader: Reader
  readonly #sync: SyncParts
  readonly #answers = new Answers()

  constructor(env: Bindings) {
    this.#status = new StatusReader(env.CATALOG)
    this.#sync = {
      kv: env.CATALOG,
      upstream: connectUpstream(
        {
          apiKey: env.ANTHROPIC_API_KEY,
          baseURL: env.ANTHROPIC_BASE_URL || undefined,
          version: env.ANTHROPIC_VERSION || undefined,
        },
        (request) => fetch(request),
      ),
      extraAliases: list(env.EXTRA_ALIASES),
      // oxlint-disable-next-line no-console -- the one line per sync
      log: (line) => console.log(JSON.stringify(line)),
    }
    this.#reader = new Reader({
      kv: env.CATALOG,
      isHidden: hiddenBy(env.HIDDEN_MODELS),
      syncNow: async (held) => {
        // A fuse that is broken is no fuse.
        const fuse = await env.SYNC_FUSE?.limit({ key: 'sync' }).catch(() => undefined)
        return fuse?.success === false ? undefined : this.#syncNow(held, new Date())
      },
      onChange: () => this.#answers.forget(),
    })
  }

  /** The response to a request. Its method, its URL and its validators are all that is looked at. */
  respond(request: Request, background: Background): Response | Promise<Response> {
    const { method, url } = request
    if (method === 'OPTIONS') return preflight(request)
    if (method !== 'GET' && method !== 'HEAD') return this.#fail(request, methodNotAllowed())
    const view = this.#reader.current(background)
    const known = view && this.#answers.get(pathAndQuery(url))
    return known ? respond(request, known) : this.#work(request, background)
  }

  /** A tick of the cron. */
  async tick(slot: Date): Promise<void> {
    const { snapshot } = await this.#syncNow(this.#reader.held?.snapshot, slot)
    this.#reader.adopt(snapshot)
  }

  async #syncNow(held: Snapshot | undefined, slot: Date): Promise<Synced> {
    const synced = await sync(this.#sync, held, slot)
    this.#status.note(synced.status)
    return synced
  }

  async #work(request: Request, background: Background): Promise<Response> {
    let view: View | undefined
    try {
      const answer = await route(request.url, {
        view: async () => (view = await this.#reader.view(background)),
        health: () => this.#health(background),
      })
      // What was made of an older view must not outlive it.
      if (view && view === this.#reader.held)
        this.#answers.remember(pathAndQuery(request.url), answer)
      return respond(request, answer)
    } catch (error) {
      return this.#fail(request, error)
    }
  }

  async #fail(request: Request, error: unknown): Promise<Response> {
    return respond(request, await errorAnswer(error))
  }

  async #health(background: Background): Promise<Answer> {
    const view = await this.#reader.view(background).catch(() => undefined)
    return healthAnswer(view, await this.#status.read(), new Date())
  }
}

/** What caches tell answers apart by: neither the host nor any header is part of it. */
function pathAndQuery(url: string): string {
  return url.slice(url.indexOf('/', 'https://'.length))
}
