import {
  ApiError,
  getModel,
  listPages,
  listRequest,
  type ListParams,
  type RequestOptions,
  type Send,
  withLimits,
} from '@models-edge/core'
import { digest } from '../http/digest.ts'
import type { Platform } from '../platform/platform.ts'
import { type StoredModel, storedOf } from '../snapshot/model.ts'
import type { Source } from '../snapshot/snapshot.ts'
import { SyncError } from './failure.ts'
import { rawModels } from './raw-models.ts'

export interface Connection {
  readonly apiKey: string | undefined
  readonly baseURL: string | undefined
  readonly version: string | undefined
}

/** What a sync asks of Anthropic's API. */
export interface Upstream {
  source(): Promise<Source>
  /** Asks for every model of every lifecycle, and gives the first answer. */
  list(signal: AbortSignal): Promise<FirstAnswer>
  /** The id of the model that a name stands for; null where there is no such model. */
  resolve(name: string, signal: AbortSignal): Promise<string | null>
}

/** The first answer to a question for a list. */
interface FirstAnswer {
  /** Of its bytes. */
  readonly digest: string
  /** The models in it, and in all pages behind it: as the texts that came over the wire. */
  pages(): AsyncIterable<readonly StoredModel[]>
}

const ANTHROPIC = 'https://api.anthropic.com'
const everything: ListParams = { limit: 1000, lifecycle: ['active', 'deprecated', 'retired'] }

/** The free plan grants an invocation 50 requests; aliases and KV want theirs. */
const MAX_PAGES = 30
const limits = { timeoutMs: 10_000, maxBytes: 4_000_000 }

/** So many digits tell one key from another, and nothing of either. */
const KEY_DIGITS = 8

/**
 * The only place that the key is in. `core` sends it to `{baseURL}/v1/models…` alone and follows no
 * redirect; nothing of what comes back carries the request.
 */
export function connectUpstream(
  { apiKey, baseURL = ANTHROPIC, version }: Connection,
  { fetch: send, sleep }: Pick<Platform, 'fetch' | 'sleep'>,
): Upstream {
  const reach: Send = (request) =>
    send(request).catch((error: unknown) => {
      // A limit stays itself; all else that `fetch` throws is that there was no connection.
      const isNamed = error instanceof ApiError || error instanceof SyncError
      throw isNamed ? error : new SyncError('unreachable', 'There is no connection to upstream')
    })
  const limited = withLimits(reach, { ...limits, sleep })
  const options = (signal: AbortSignal): RequestOptions => {
    if (!apiKey) throw new SyncError('misconfigured', 'ANTHROPIC_API_KEY is not set')
    return { apiKey, baseURL, version, signal }
  }

  return {
    async source() {
      return {
        base_url: baseURL.replace(/\/+$/, ''),
        key: (await digest(apiKey ?? '')).slice(0, KEY_DIGITS),
      }
    },
    async list(signal) {
      const answer = await limited(listRequest(everything, options(signal)))
      const bytes = new Uint8Array(await answer.arrayBuffer())
      const first = new Response(bytes.byteLength > 0 ? bytes : null, answer)
      return { digest: await digest(bytes), pages: () => pages(first, signal) }
    },
    async resolve(name, signal) {
      try {
        return (await getModel(limited, name, options(signal))).id
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return null
        throw error
      }
    },
  }

  /** The first answer is there already: the walk begins with it, and asks for those behind it. */
  async function* pages(
    first: Response,
    signal: AbortSignal,
  ): AsyncGenerator<readonly StoredModel[], void, undefined> {
    let text = ''
    let isFirst = true
    const listening: Send = async (request) => {
      const answer = isFirst ? first : await limited(request)
      isFirst = false
      text = await answer.text()
      return new Response(text || null, answer)
    }
    const walk = { ...options(signal), maxPages: MAX_PAGES }
    for await (const { data } of listPages(listening, everything, walk)) {
      const texts = rawModels(text, data)
      if (texts.length !== data.length) {
        throw new ApiError('A page names its data twice', { type: 'bad_pagination' })
      }
      yield data.map((model, index) => storedOf(model, texts[index] as string))
    }
  }
}
