import { listOf, type Said, type StartedUpstream } from '@models-edge/testing/upstream'
import { describe, expect, test } from 'vitest'
import { ALIASES_A_SYNC } from '../../src/timing.ts'
import { modelText, type StartedService, startService } from '../started/service.ts'

const key = 'sk-ant-that-goes-to-one-place'
const base = 'http://upstream.test'

/** A service whose every call to whatever server ends at this upstream. */
function start(
  behaviour: Parameters<typeof startService>[0],
  variables: Readonly<Record<string, string>> = {},
): Promise<StartedService> {
  const bindings = { ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: base, ...variables }
  return startService(behaviour, { bindings, outbound: true, watched: true })
}

/** What was called, but for its query. */
function calledAt({ requests }: StartedUpstream): readonly string[] {
  return requests.map(({ url }) => url.replace(/\?.*/s, ''))
}

const models = [modelText('claude-a-1')]
/** With fields that an answer of ours must not have: check-answers.ts would tell. */
const smuggled = { 'set-cookie': 'evil=1', location: 'http://evil.test' }
const list: Said = { status: 200, headers: smuggled, body: listOf(models) }

test('no redirect is followed, whatever its status and wherever it leads', async () => {
  const locations =
    `http://evil.test/v1/models https://upstream.test/v1/models javascript:1 ? //evil.test
    http://upstream.test/v1/models?again /v1/models/claude-a-1`.split(/\s+/)
  const redirects = [300, 301, 302, 303, 305, 307, 308].flatMap((status) =>
    locations.map((location) => ({ ...list, status, headers: { location } })),
  )
  await using service = await start({ models })
  const { origin, upstream } = service
  for (const redirect of redirects) {
    upstream.instead = () => redirect
    await service.tick()
  }
  const { length } = redirects
  expect(calledAt(upstream)).toEqual(redirects.map(() => `${base}/v1/models`))
  await service.written(`"failures":${length}`)
  expect(service.output().match(/"reason":"redirected"/g)).toHaveLength(length)
  expect((await fetch(`${origin}/v1/models`)).status).toBe(503)
  expect(service.output()).not.toContain(key)
})

// What is refused, and why, is in core's request.test.ts: here is what a real network gets to see.
test.each([
  ['http://upstream.test\\@evil.test/x', 'http://upstream.test/@evil.test/x/v1/models'],
  ['', 'https://api.anthropic.com/v1/models'],
])('%s is called at %s and nowhere else', async (ANTHROPIC_BASE_URL, url) => {
  await using service = await start({ models, instead: () => list }, { ANTHROPIC_BASE_URL })
  await service.synced()
  expect((await fetch(`${service.origin}/v1/models`)).status).toBe(200)
  expect(calledAt(service.upstream)).toEqual([url])
  const sent = { 'x-api-key': key, 'anthropic-version': '2023-06-01' }
  expect(service.upstream.requests[0]?.headers).toMatchObject(sent)
})

/** Names that mean another place, another header or nothing to somebody. */
const hostile =
  '../../admin|..|//evil.test|https://evil.test/v1/models|http:evil.test|@evil.test|?x=1|#x|a b|😀|．．／|%2F..%2f..|%2e%2e/%2e%2e/admin|a\r\nx-evil: 1|a\\..\\..\\b|..;/x|\u0085\u2028é|\ud800'.split(
    '|',
  )

describe.each<[string, readonly string[], string]>([
  ['ids', hostile, ''],
  ['alias candidates', hostile.map((name) => `${name}-20250101`), ''],
  // A variable is well-formed text.
  ['alias candidates of the configuration', ['a'], hostile.join().toWellFormed()],
])('hostile %s', (kind, ids, extra) => {
  test('lead nowhere else, neither here nor in an answer', async () => {
    // Five a page, so that the ids are cursors, too.
    const behaviour = { models: ids.map(modelText), pageSize: 5 }
    await using service = await start(behaviour, { EXTRA_ALIASES: extra })
    const { origin, upstream } = service
    const syncs = Math.ceil(hostile.length / ALIASES_A_SYNC)
    for (let sync = 0; sync < syncs; sync += 1) await service.tick()

    for (const { url, headers } of upstream.requests) {
      // The list with its query, or one segment below it.
      expect(url).toMatch(/^http:\/\/upstream\.test\/v1\/models(?:\?[^#]*|\/[^/?#\\]+)$/)
      expect(new URL(url).href).toBe(url)
      expect(headers).toMatchObject({ 'x-api-key': key })
      expect(headers).not.toHaveProperty('x-evil')
    }
    const segments = calledAt(upstream).flatMap((url) => /models\/(.+)$/.exec(url)?.[1] ?? [])
    const asked = new Set(segments.map((segment) => decodeURIComponent(segment)))
    // What can be no path is refused before.
    expect(asked.size).toBeGreaterThanOrEqual(kind === 'ids' ? 0 : hostile.length / 2)
    expect(hostile.join().toWellFormed().split(',')).toEqual(expect.arrayContaining([...asked]))
    expect(service.output()).not.toContain(key)

    // All pages of one model, the way that their links tell.
    let next: string | undefined = '/v1/models?limit=1'
    for (const id of ids) {
      const response: Response = await fetch(origin + (next ?? '/the-links-end-too-soon'))
      const { headers } = response
      expect(response.status).toBe(200)
      expect(await response.text()).toContain(JSON.stringify(id))
      expect(headers.has('x-evil')).toBe(false)
      const link = headers.get('link') ?? ''
      expect(link).toMatch(/^(?:<\/v1\/models\?[\w%.*+=&-]+>; rel="(?:next|prev)"(?:, |$))*$/)
      next = /<([^>]+)>; rel="next"/.exec(link)?.[1]
    }
    expect(next).toBeUndefined()
  })
})
