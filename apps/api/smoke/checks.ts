import { createHash } from 'node:crypto'
import type { ModelInfo, Page } from '@models-edge/core'
import { STALE_MS } from '../src/timing.ts'
import { mendOf } from './mends.ts'

/** A question to a live service. It throws a sentence that says what is wrong, and what to do. */
export interface Check {
  readonly name: string
  readonly run: (ask: Ask) => Promise<string | void>
}

export type Ask = (path: string, init?: RequestInit) => Promise<Response>

interface Health {
  readonly status: string
  readonly age_seconds: number
  readonly models: number
  readonly last_failure: { readonly reason: string; readonly in_a_row: number } | null
}

const ORIGIN = 'https://page.example'

/** What a deployment must do before anybody is told of it. */
export const checks: readonly Check[] = [
  {
    name: 'health',
    async run(ask) {
      const response = await ask('/health')
      const { age_seconds, last_failure, models, status } = await jsonOf<Health>(response)
      if (last_failure) {
        const { in_a_row, reason } = last_failure
        const mend = mendOf(reason) ?? 'The log has a line for every sync: pnpm run tail.'
        const syncs = in_a_row === 1 ? 'the last sync' : `the last ${in_a_row} syncs`
        must(status !== 'down', `there is nothing to serve (${reason}). ${mend}`)
        throw new Error(`${syncs} failed (${reason}). ${mend}`)
      }
      must(
        status !== 'down',
        'there is nothing to serve: no sync has run so far. The first one comes within a minute of the deployment.',
      )
      must(
        age_seconds * 1000 <= STALE_MS,
        `the data is ${age_seconds} seconds old. Does the cron trigger exist, in the dashboard under Settings, Trigger Events?`,
      )
      return `${models} models, ${age_seconds} seconds old`
    },
  },
  {
    name: 'list',
    async run(ask) {
      const { data, first_id, last_id } = await listOf(ask, '/v1/models?limit=2')
      must(data.length > 0, 'the list is empty')
      must(
        first_id === data[0]?.id && last_id === data.at(-1)?.id,
        'the cursors are not the ends of the page',
      )
      const { data: older } = await listOf(ask, `/v1/models?limit=1&after_id=${last_id}`)
      must(older[0]?.id !== last_id, 'the next page does not come after the first')
    },
  },
  {
    name: 'get',
    async run(ask) {
      const [model] = (await listOf(ask, '/v1/models?limit=1')).data
      must(model, 'the list is empty')
      const same = await jsonOf<ModelInfo>(await ask(`/v1/models/${encodeURIComponent(model.id)}`))
      must(same.id === model.id, `${model.id} was asked for, and ${same.id} came`)
      const none = await ask('/v1/models/no-such-model')
      must(none.status === 404, `a model that does not exist answers ${none.status}, not 404`)
    },
  },
  {
    name: 'CORS',
    async run(ask) {
      for (const path of ['/v1/models', '/v1/models/no-such-model', '/nowhere']) {
        const { headers } = await ask(path, { headers: { origin: ORIGIN } })
        must(
          headers.get('access-control-allow-origin') === '*',
          `pages may not read ${path}: ${inFront}`,
        )
      }
      const { headers, status } = await ask('/v1/models', {
        method: 'OPTIONS',
        headers: {
          origin: ORIGIN,
          'access-control-request-headers': 'authorization,x-stainless-os',
        },
      })
      const allowed = headers.get('access-control-allow-headers') ?? ''
      must(
        status === 204 && allowed.includes('authorization'),
        `a preflight answers ${status} and allows the headers "${allowed}": ${inFront}`,
      )
    },
  },
  {
    name: '304',
    async run(ask) {
      const etag = (await ask('/v1/models')).headers.get('etag')
      must(etag, `there is no ETag: ${inFront}`)
      const { status } = await ask('/v1/models', { headers: { 'if-none-match': etag } })
      must(status === 304, `the ETag ${etag} that came is not known again (${status}): ${inFront}`)
    },
  },
  {
    name: 'widget',
    async run(ask) {
      const page = await (await ask('/')).text()
      // As the page offers it to copy, where quotes are written as entities.
      const pinnedOnPage = /(\/widget\/[\w.-]+\/widget\.js)&quot;\s+integrity=&quot;([^&]+)&quot;/
      const [, path, hash] = pinnedOnPage.exec(page) ?? []
      must(path && hash, 'the page names no version of the widget')
      const pinned = await ask(path)
      const code = await pinned.text()
      const real = `sha384-${createHash('sha384').update(code).digest('base64')}`
      must(real === hash, `${path} has the hash ${real}, and the page says ${hash}: ${inFront}`)
      must(
        pinned.headers.get('cache-control')?.includes('immutable'),
        `${path} may not be kept for good: ${inFront}`,
      )
      must((await (await ask('/widget.js')).text()) === code, '/widget.js is another version')
      return path
    },
  },
  {
    name: 'errors',
    async run(ask) {
      const response = await ask('/nowhere')
      const { error } = await jsonOf<{ error?: { type?: string } }>(response)
      must(
        response.status === 404 && error?.type === 'not_found_error',
        `an unknown path answers ${response.status} in another shape than the API's: ${inFront}`,
      )
    },
  },
]

const inFront = 'something in front of the Worker changes its answers'

async function listOf(ask: Ask, path: string): Promise<Page> {
  const response = await ask(path)
  const answer = await jsonOf<Page & { readonly error?: { readonly message?: string } }>(response)
  must(response.ok, `${path} answers ${response.status}: ${answer.error?.message}`)
  return answer
}

async function jsonOf<Body>(response: Response): Promise<Body> {
  const text = await response.text()
  try {
    return JSON.parse(text) as Body
  } catch {
    const type = response.headers.get('content-type')
    throw new Error(
      `${new URL(response.url).pathname} answers ${response.status} with ${type}, not JSON`,
    )
  }
}

function must(holds: unknown, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise)
}
