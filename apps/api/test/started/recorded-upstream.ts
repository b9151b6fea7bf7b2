import type { IncomingHttpHeaders } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Listener, listen } from '@models-edge/testing/listener'

interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

interface Recording {
  /** The models of the list, newest first, as the text that goes over the wire. */
  models: readonly string[]
  /** Names that are no ids, and the ids that they stand for. */
  aliases?: Readonly<Record<string, string>>
  /** How many of them are on a page, whatever limit is asked for. */
  pageSize?: number
  /** How long an answer takes. */
  delayMs?: number
  /** What to answer in place of models. */
  instead?: ((headers: IncomingHttpHeaders) => Answer) | undefined
}

export interface RecordedUpstream extends Listener {
  /** What it answers with; a test may change it at any time. */
  readonly recording: Recording
  /** Every request so far. */
  readonly requests: readonly { readonly url: string; readonly headers: IncomingHttpHeaders }[]
}

/** A server that repeats a recorded list to the byte, and counts who asks. */
export async function startUpstream(recording: Recording): Promise<RecordedUpstream> {
  const requests: { url: string; headers: IncomingHttpHeaders }[] = []
  const listener = await listen(async ({ headers, method, url = '' }, response) => {
    requests.push({ url, headers })
    if (method !== 'GET') throw new Error(`unexpected ${method} ${url}`)
    await sleep(recording.delayMs ?? 0)
    const answer = recording.instead?.(headers) ?? recorded(url)
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
    response.end(answer.body)
  })

  function recorded(url: string): Answer {
    const { pathname, searchParams } = new URL(url, 'http://upstream')
    if (pathname === '/v1/models') return { status: 200, body: page(searchParams.get('after_id')) }
    if (!pathname.startsWith('/v1/models/')) throw new Error(`unexpected ${url}`)
    const name = decodeURIComponent(pathname.slice('/v1/models/'.length))
    const id = recording.aliases?.[name]
    const model = recording.models.find((one) => idOf(one) === id)
    if (model !== undefined) return { status: 200, body: model }
    const error = { type: 'not_found_error', message: `model: ${name}` }
    return { status: 404, body: JSON.stringify({ type: 'error', error }) }
  }

  function page(after: string | null): string {
    const { models, pageSize = models.length } = recording
    const start = after === null ? 0 : models.findIndex((model) => idOf(model) === after) + 1
    return listOf(models.slice(start, start + pageSize), start + pageSize < models.length)
  }

  return { ...listener, recording, requests }
}

/** The list of these models as the API writes it. */
export function listOf(models: readonly string[], hasMore = false): string {
  const [first, last] = [models[0], models.at(-1)].map((model) => JSON.stringify(idOf(model)))
  return `{"data":[${models.join()}],"has_more":${hasMore},"first_id":${first},"last_id":${last}}`
}

function idOf(model: string | undefined): string | null {
  return model === undefined ? null : (JSON.parse(model) as { id: string }).id
}
