import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Anthropic } from '@anthropic-ai/sdk'
import type * as Core from '@models-edge/core'
import { listen } from '@models-edge/testing/listener'
import { requireOfWrangler } from '@models-edge/testing/wrangler'
import { aliases, models } from '@models-edge/upstream/catalogue'
import { bundle } from '@models-edge/widget/bundle'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../started/browser.ts'
import { currentIds, useService } from '../started/service.ts'

const service = useService()

let page: Page
/** The pages of a site of another origin, each with its policy. */
const pages = [['A page without a policy', '']]

beforeAll(async () => {
  await using starting = new AsyncDisposableStack()
  const site = starting.use(
    await listen(({ url = '' }, response) => {
      const [body = '', policy = ''] = pages[Number(url.slice(1))] ?? []
      const headers = { 'content-type': 'text/html', 'content-security-policy': policy }
      response.writeHead(200, headers).end(`<!doctype html><title>Elsewhere</title>${body}`)
    }),
  )
  const browser = await launchBrowser()
  starting.defer(() => browser.close())
  page = await (await browser.newContext()).newPage()
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

function idsOf({ body }: Answer): readonly string[] {
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
  expect([...idsOf(first), ...idsOf(await ask(next))]).toEqual(currentIds.slice(0, 4))

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

// What the elements do is held by their own tests. Here they meet the service, on a page of another
// origin whose policy allows this service and nothing else.
interface Embedded {
  readonly tab: Page
  /** What is asked for because of it. */
  readonly asked: readonly string[]
  /** Whatever the browser says: violations of the policy, files that are not what they must be. */
  readonly complaints: readonly string[]
}

async function embed(code: string): Promise<Embedded> {
  const [asked, complaints]: [string[], string[]] = [[], []]
  const { origin } = service
  const own = `default-src 'none'; script-src ${origin}; connect-src ${origin}`
  const policy = `${own}; require-trusted-types-for 'script'; trusted-types 'none'`
  const { href } = new URL(`/${pages.push([code, policy]) - 1}`, page.url())
  const tab = await page.context().newPage()
  tab.on('console', (message) => complaints.push(message.text()))
  tab.on('request', (request) => {
    if (request.url() !== href) asked.push(request.url().replace(origin, request.method()))
  })
  await tab.goto(href)
  return { tab, asked, complaints }
}

/** What a person copies from the service's own page. */
async function copied(containing: string): Promise<string> {
  const tab = await page.context().newPage()
  await tab.goto(service.origin)
  return (await tab.locator('pre', { hasText: containing }).first().textContent()) ?? ''
}

function inDocuments(containing: string): string {
  const [readme, embedding] = ['README.md', 'docs/embedding.md'].map((name) =>
    readFileSync(new URL(`../../../../${name}`, import.meta.url), 'utf8'),
  )
  const all = Array.from(
    `${readme}${embedding}`.matchAll(/^```html\n(.*?)^```/gms),
    ([, code = '']) => code,
  )
  const example = all.find((code) => code.includes(containing)) ?? ''
  return example.replaceAll('https://models.example', service.origin)
}

const idsIn = ({ tab }: Embedded): Promise<string[]> =>
  tab.locator('model-list [part~="id"]').allTextContents()

test.each([
  ['page', 3, copied],
  ['README or the document about it', 20, inDocuments],
])(
  'the widget works as the %s has it, with a request for each element',
  async (_, limit, found) => {
    const list = await embed(await found('<model-list'))
    await expect.poll(() => idsIn(list)).toEqual(currentIds.slice(0, limit))
    expect(list.asked).toEqual(['GET/widget.js', `GET/v1/models?limit=${limit}`])
    const picker = await embed(await found('<model-picker'))
    await expect.poll(() => picker.tab.locator('optgroup').count()).toBeGreaterThan(1)
    // A saved model may be a retired one.
    const lifecycles = ['active', 'deprecated', 'retired'].map((name) => `&lifecycle[]=${name}`)
    expect(picker.asked).toEqual([
      'GET/widget.js',
      `GET/v1/models?limit=1000${lifecycles.join('')}`,
    ])
    expect([...list.complaints, ...picker.complaints]).toEqual([])
  },
)

test('the widget is pinned by a hash, and by no other', async () => {
  const pinned = await copied('integrity=')
  const [, address = ''] = /src="(.+?)"/.exec(pinned) ?? []
  expect(address).toContain(`${service.origin}/widget/`)
  expect(await (await fetch(address)).text()).toBe(await bundle())
  const list = '<model-list>Our own words</model-list>'
  const right = await embed(pinned + list)
  await expect.poll(() => idsIn(right)).toEqual(currentIds)
  const wrong = await embed(pinned.replace(/sha384-.{4}/, 'sha384-AAAA') + list)
  await expect.poll(() => wrong.complaints.join()).toContain('integrity')
  expect(await wrong.tab.getByText('Our own words').isVisible()).toBe(true)
  expect(wrong.asked).toHaveLength(1)
})
