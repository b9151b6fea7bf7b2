import { fileURLToPath } from 'node:url'
import type * as Sdk1 from '@anthropic-ai/sdk'
import type * as Core from '@models-edge/core'
import type { Browser, Page } from 'playwright-core'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { launchBrowser } from './browser.ts'
import { type Listener, listen } from '@models-edge/testing/listener'
import { useService } from '../started/service.ts'
import { aliases, models, useStandIn } from '../started/stand-in.ts'
import { requireOfWrangler } from '@models-edge/testing/wrangler'

type Sdk = typeof Sdk1

const standIn = useStandIn()
const service = useService({ upstream: () => standIn.origin })
const current = models.filter(({ lifecycle }) => lifecycle !== 'retired').map(({ id }) => id)
const deprecated = models.find(({ lifecycle }) => lifecycle === 'deprecated')!.id

let browser: Browser
let site: Listener
let page: Page

beforeAll(async () => {
  await service.tick()
  site = await listen((_, response) => {
    response.setHeader('content-type', 'text/html')
    response.end('<!doctype html><title>A page of another origin</title>')
  })
  browser = await launchBrowser()
  return async () => {
    await browser.close()
    await site.close()
  }
})

beforeEach(async () => {
  page = await browser.newPage()
  await page.goto(site.origin)
})
afterEach(() => page.close())

/** A package as a script that leaves what it exports in the global `sdk`. */
async function scriptOf(name: string, exported = '{ default }'): Promise<string> {
  const esbuild = requireOfWrangler('esbuild') as {
    build(options: object): Promise<{ readonly outputFiles: readonly { readonly text: string }[] }>
  }
  const { outputFiles } = await esbuild.build({
    stdin: {
      contents: `export ${exported} from '${name}'`,
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
    },
    bundle: true,
    format: 'iife',
    globalName: 'sdk',
    platform: 'browser',
    write: false,
  })
  return outputFiles[0]!.text
}

type Init = Pick<RequestInit, 'cache' | 'credentials' | 'method'> & {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What a script of the page has of a plain fetch; what CORS forbids rejects. */
function fetchInPage(url: string, init: Init = {}): Promise<Answer> {
  return page.evaluate(
    async ([target, options]) => {
      const response = await fetch(target, options)
      const headers = Object.fromEntries(response.headers)
      return { status: response.status, headers, body: await response.text() }
    },
    [url, init] as const,
  )
}

test('the browser keeps origins apart, or these tests would show nothing', async () => {
  expect(site.origin).not.toBe(service.origin)
  await expect(fetchInPage(`${standIn.origin}/stand-in`)).rejects.toThrow('Failed to fetch')
})

describe('plain fetch', () => {
  test('lists, and reads the headers that tell of age and neighbours', async () => {
    const { status, headers, body } = await fetchInPage(`${service.origin}/v1/models?limit=2`)
    expect(status).toBe(200)
    const list = JSON.parse(body) as { data: { id: string }[] }
    expect(list.data.map(({ id }) => id)).toEqual(current.slice(0, 2))
    expect(headers).toMatchObject({
      etag: expect.stringMatching(/^"\w+"$/),
      'last-modified': expect.stringMatching(/GMT$/),
      'x-synced-at': expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      'request-id': expect.stringMatching(/^req_\w{24}$/),
      'cache-status': expect.stringMatching(/^models-edge; /),
      link: expect.stringContaining('rel="next"'),
    })
  })

  test('goes to the next page by the link', async () => {
    const { headers } = await fetchInPage(`${service.origin}/v1/models?limit=2`)
    const next = /<([^>]+)>; rel="next"/.exec(headers['link']!)![1]!
    const { body } = await fetchInPage(new URL(next, service.origin).href)
    const list = JSON.parse(body) as { data: { id: string }[] }
    expect(list.data.map(({ id }) => id)).toEqual(current.slice(2, 4))
  })

  test('gets a model, and reads when it ends', async () => {
    const { headers, body } = await fetchInPage(`${service.origin}/v1/models/${deprecated}`)
    expect(JSON.parse(body)).toMatchObject({ id: deprecated })
    expect(headers['deprecation']).toMatch(/^@\d+$/)
    expect(headers['sunset']).toMatch(/GMT$/)
  })

  test('reads errors like any other answer', async () => {
    for (const [path, status] of [
      ['/v1/models/claude-none', 404],
      ['/nowhere', 404],
      ['/v1/models?limit=0', 400],
    ] as const) {
      const answer = await fetchInPage(service.origin + path)
      expect(answer.status).toBe(status)
      const body = JSON.parse(answer.body) as { type: string; request_id: string }
      expect(body).toMatchObject({ type: 'error', request_id: answer.headers['request-id'] })
    }
    const refused = await fetchInPage(`${service.origin}/v1/models`, { method: 'DELETE' }).catch(
      String,
    )
    expect(refused).toContain('Failed to fetch') // the preflight allows no such method
    const posted = await fetchInPage(`${service.origin}/v1/models`, { method: 'POST', body: 'x' })
    expect(posted.status).toBe(405)
  })

  test('may send any header, since a preflight lets it', async () => {
    const headers = { authorization: 'Bearer any', 'x-api-key': 'any', 'x-of-its-own': 'any' }
    expect((await fetchInPage(`${service.origin}/v1/models`, { headers })).status).toBe(200)
  })

  test('may ask whether there is news', async () => {
    const first = await fetchInPage(`${service.origin}/v1/models`)
    const headers = { 'if-none-match': first.headers['etag']! }
    const again = await fetchInPage(`${service.origin}/v1/models`, { headers, cache: 'no-store' })
    expect(again).toMatchObject({ status: 304, body: '', headers: { etag: first.headers['etag'] } })
  })

  test('may not send cookies along', async () => {
    const url = `${service.origin}/v1/models`
    await expect(fetchInPage(url, { credentials: 'include' })).rejects.toThrow('Failed to fetch')
  })
})

test.each(['@anthropic-ai/sdk', 'anthropic-sdk-0'])(
  '%s lists, pages, gets, and knows its errors',
  async (name) => {
    await page.addScriptTag({ content: await scriptOf(name) })
    const seen = await page.evaluate(
      async ([baseURL, alias]) => {
        const { default: Anthropic } = (globalThis as unknown as { sdk: Sdk }).sdk
        const client = new Anthropic({
          apiKey: 'any',
          baseURL,
          dangerouslyAllowBrowser: true,
          maxRetries: 0,
        })
        const ids: string[] = []
        for await (const { id } of client.models.list({ limit: 3 })) ids.push(id)
        const { id } = await client.models.retrieve(alias)
        const error: unknown = await client.models.retrieve('claude-none').catch((e: unknown) => e)
        if (!(error instanceof Anthropic.NotFoundError)) throw error
        const { message, requestID, status } = error
        return { ids, id, error: { message, requestID, status } }
      },
      [service.origin, [...aliases.keys()][0]!] as const,
    )
    expect(seen).toMatchObject({
      ids: current,
      id: [...aliases.values()][0],
      error: {
        status: 404,
        message: expect.stringContaining('model: claude-none'),
        requestID: expect.stringMatching(/^req_\w{24}$/),
      },
    })
  },
)

test('core walks, gets, and knows its errors', async () => {
  await page.addScriptTag({ content: await scriptOf('@models-edge/core', '*') })
  const seen = await page.evaluate(
    async ([baseURL, alias]) => {
      const { ApiError, getModel, listModels, withLimits, withRetries } = (
        globalThis as unknown as { sdk: typeof Core }
      ).sdk
      // A browser's own `fetch` must not be called as a method of something else.
      const send = withRetries(withLimits(fetch))
      const ids: string[] = []
      for await (const { id } of listModels(send, { limit: 3 }, { baseURL })) ids.push(id)
      const { id } = await getModel(send, alias, { baseURL })
      const error: unknown = await getModel(send, 'claude-none', { baseURL }).catch(
        (e: unknown) => e,
      )
      if (!(error instanceof ApiError)) throw error
      const { message, requestId, status } = error
      return { ids, id, error: { message, requestId, status } }
    },
    [service.origin, [...aliases.keys()][0]!] as const,
  )
  expect(seen).toMatchObject({
    ids: current,
    id: [...aliases.values()][0],
    error: {
      status: 404,
      message: 'model: claude-none',
      requestId: expect.stringMatching(/^req_\w{24}$/),
    },
  })
})
