import { fileURLToPath } from 'node:url'
import type { Anthropic } from '@anthropic-ai/sdk'
import type * as Core from '@models-edge/core'
import { listen } from '@models-edge/testing/listener'
import { requireOfWrangler } from '@models-edge/testing/wrangler'
import { aliases, models } from '@models-edge/upstream/catalogue'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { currentIds, useService } from '../started/service.ts'
import { launchBrowser } from '../started/site.ts'

const service = useService()

let page: Page

beforeAll(async () => {
  await using starting = new AsyncDisposableStack()
  const site = starting.use(
    await listen((_, response) => {
      response.setHeader('content-type', 'text/html')
      response.end('<!doctype html><title>A page of another origin</title>')
    }),
  )
  const browser = await launchBrowser()
  starting.defer(() => browser.close())
  page = await browser.newPage()
  await page.goto(site.origin)
  const running = starting.move()
  return () => running.disposeAsync()
})

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What a script of the page gets for a plain fetch; what CORS forbids rejects. */
function ask(path: string, init: object = {}, origin = service.origin): Promise<Answer> {
  return page.evaluate(
    async ([target, options]) => {
      const response = await fetch(target, options)
      const headers = Object.fromEntries(response.headers)
      return { status: response.status, headers, body: await response.text() }
    },
    [new URL(path, origin).href, init] as const,
  )
}

function idsIn({ body }: Answer): readonly string[] {
  return (JSON.parse(body) as { data: { id: string }[] }).data.map(({ id }) => id)
}

test('a page of another origin reads answers and the headers that tell of them', async () => {
  const first = await ask('/v1/models?limit=2')
  expect(first.headers).toMatchObject({
    etag: expect.stringMatching(/^"[\w-]+"$/),
    'last-modified': expect.stringMatching(/GMT$/),
    'x-synced-at': expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    'request-id': expect.stringMatching(/^req_\w{24}$/),
    'cache-status': expect.stringMatching(/^models-edge; /),
  })
  const [, next = ''] = /<([^>]+)>; rel="next"/.exec(first.headers['link'] ?? '') ?? []
  expect([...idsIn(first), ...idsIn(await ask(next))]).toEqual(currentIds.slice(0, 4))

  const deprecated = models.find(({ lifecycle }) => lifecycle === 'deprecated')!.id
  const { headers } = await ask(`/v1/models/${deprecated}`)
  expect([headers['deprecation'], headers['sunset']]).toEqual([
    expect.stringMatching(/^@\d+$/),
    expect.stringMatching(/GMT$/),
  ])
})

test('a page may send any header, ask for news, and neither write nor send cookies', async () => {
  const headers = { authorization: 'Bearer any', 'x-api-key': 'any', 'x-of-its-own': 'any' }
  const { etag = '' } = (await ask('/v1/models', { headers })).headers
  const asked = { headers: { 'if-none-match': etag }, cache: 'no-store' }
  expect(await ask('/v1/models', asked)).toMatchObject({ status: 304, body: '', headers: { etag } })
  for (const init of [{ method: 'DELETE' }, { credentials: 'include' }]) {
    await expect(ask('/v1/models', init)).rejects.toThrow('Failed to fetch')
  }
  // Nothing is shown by a browser that does not keep origins apart.
  await expect(ask('/v1/models', {}, service.upstream.origin)).rejects.toThrow('Failed to fetch')
})

/** A package as a script that leaves what it exports in the global `sdk`. */
async function scriptOf(name: string): Promise<string> {
  const esbuild = requireOfWrangler('esbuild') as {
    build(options: object): Promise<{ readonly outputFiles: readonly { readonly text: string }[] }>
  }
  const { outputFiles } = await esbuild.build({
    stdin: {
      contents: `export * from '${name}'`,
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

type Asked = readonly [baseURL: string, alias: string]

async function withSdk([baseURL, alias]: Asked): Promise<unknown> {
  const { sdk } = globalThis as unknown as { sdk: { Anthropic: typeof Anthropic } }
  const options = { apiKey: 'any', dangerouslyAllowBrowser: true, maxRetries: 0 }
  const api = new sdk.Anthropic({ baseURL, ...options }).models
  const ids: string[] = []
  for await (const { id } of api.list({ limit: 3 })) ids.push(id)
  const { id } = await api.retrieve(alias)
  const error: unknown = await api.retrieve('claude-none').catch((thrown: unknown) => thrown)
  if (!(error instanceof sdk.Anthropic.NotFoundError)) throw error
  return { ids, id, message: error.message, requestId: error.requestID }
}

async function withCore([baseURL, alias]: Asked): Promise<unknown> {
  const { sdk } = globalThis as unknown as { sdk: typeof Core }
  // A browser's own `fetch` must not be called as a method of something else.
  const send = sdk.withRetries(sdk.withLimits(fetch))
  const ids: string[] = []
  for await (const { id } of sdk.listModels(send, { limit: 3 }, { baseURL })) ids.push(id)
  const { id } = await sdk.getModel(send, alias, { baseURL })
  const getting = sdk.getModel(send, 'claude-none', { baseURL })
  const error: unknown = await getting.catch((thrown: unknown) => thrown)
  if (!(error instanceof sdk.ApiError)) throw error
  return { ids, id, message: error.message, requestId: error.requestId }
}

test.each([
  ['@anthropic-ai/sdk', withSdk],
  ['anthropic-sdk-0', withSdk],
  ['@models-edge/core', withCore],
])('%s lists, pages, gets, and knows its errors in a page', async (name, use) => {
  const [[alias, id] = ['', '']] = aliases
  await page.addScriptTag({ content: await scriptOf(name) })
  expect(await page.evaluate(use, [service.origin, alias] as const)).toEqual({
    ids: currentIds,
    id,
    message: expect.stringContaining('model: claude-none'),
    requestId: expect.stringMatching(/^req_\w{24}$/),
  })
})
