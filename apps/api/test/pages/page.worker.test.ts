import type { ModelInfo } from '@models-edge/core'
import { describe, expect, test } from 'vitest'
import { integrityOf } from '../../src/http/integrity.ts'
import { contentsOf, pageOf, pageWith, textOf } from './page.worker.ts'
import {
  ask,
  isolate,
  later,
  listing,
  MINUTE,
  model,
  settle,
  stage,
  synced,
  tick,
  upstream,
} from '../world/world.worker.ts'

stage()

describe('text is never markup', () => {
  const evil = `"><script>alert('1')</script>&amp;<img src=x onerror=alert(1)>`
  test('not a name, not an id, not a line, not a field', async () => {
    const harmless = model('claude-x', { line: 'opus' })
    upstream.send = listing([harmless])
    const service = await synced()
    const clean = await pageOf(service)
    upstream.send = listing([
      harmless,
      model(evil, {
        display_name: evil,
        line: evil,
        lifecycle: 'deprecated',
        retires_at: '2026-12-01T00:00:00Z',
      }),
    ])
    await tick(service)
    const page = await pageOf(service)
    expect(page).not.toContain('<script>alert')
    expect(page).not.toContain('<img')
    expect(page).toContain('&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)')
    expect(page.match(/<script/g)).toHaveLength(clean.match(/<script/g)!.length)
  })

  test('not what changed', async () => {
    upstream.send = listing([model('claude-x', { display_name: 'X' })])
    const service = await synced()
    upstream.send = listing([
      JSON.stringify({ ...model('claude-x', { display_name: evil }), [evil]: 1 }),
    ])
    await settle(service)
    const page = await pageOf(service)
    expect(textOf(contentsOf(page, 'ol')[0]!)).toContain('changed: display_name, &quot;&gt;')
    expect(page).not.toContain('<img')
  })
})

/** A model that retires on that day of December. */
function due(day: number): ModelInfo {
  return model(`claude-${day}`, { lifecycle: 'deprecated', retires_at: `2026-12-${day}T00:00:00Z` })
}

describe('how old it is', () => {
  test('the page says, and counts its days from there', async () => {
    const service = await synced()
    const page = await pageOf(service)
    expect(textOf(contentsOf(page, 'section')[0]!)).toContain('As of Nov 20, 2026, 12:00 UTC')
    expect(textOf(contentsOf(page, 'aside')[0]!)).toBe(
      '10 days left for Claude Sonnet 4.5 claude-sonnet-4-5-20250929 retires on Nov 30, 2026',
    )
    expect(page).toContain('datetime="2026-11-20T12:00:00.000Z" data-ago')
  })

  test('a page that nothing has renewed for a quarter of an hour says so', async () => {
    const service = await synced()
    later(16 * MINUTE)
    const page = await pageOf(service)
    expect(textOf(page)).toContain(
      'The last good copy, of Nov 20, 2026, 12:00 UTC : nothing newer has come since. /health says more.',
    )
    expect(page).toContain('class="stale"')
  })

  test('and that syncs fail, where they do', async () => {
    const service = await synced()
    upstream.send = () => new Response(null, { status: 401 })
    for (let count = 0; count < 16; count += 1) await tick(service)
    expect(textOf(await pageOf(service))).toContain('2026, 12:00 UTC : syncs fail. /health')
  })

  test('without any models there is a page all the same, that says why', async () => {
    upstream.send = () => new Response(null, { status: 529 })
    const response = await ask(isolate(), '/')
    expect(response.status).toBe(503)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('retry-after')).toBe('30')
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(textOf(await response.text())).toContain('There are no models here yet')
  })

  test('what retires first comes first, and three at the most', async () => {
    const page = await pageWith(...[24, 22, 21, 23].map(due))
    const [aside] = contentsOf(page, 'aside')
    expect([...aside!.matchAll(/<b>(\d+)<\/b>/g)].map(([, days]) => Number(days))).toEqual([
      31, 32, 33,
    ])
    expect(aside!.match(/data-until="2026-12-2\dT00:00:00.000Z"/g)).toHaveLength(3)
  })

  test('one day, and one model', async () => {
    const end = '2026-11-21T00:00:00Z'
    const page = await pageWith(
      model('claude-x', { lifecycle: 'deprecated', retires_at: end }),
      model('claude-y', { lifecycle: 'retired' }),
    )
    expect(textOf(contentsOf(page, 'aside')[0]!)).toMatch(/^1 day left for claude-x/)
    expect(textOf(page)).toContain('1 current model,')
  })

  test('no model that retires is good news', async () => {
    const page = await pageWith(model('claude-x'))
    expect(textOf(contentsOf(page, 'aside')[0]!)).toBe('No retirement is scheduled.')
  })
})

test('what changed last is told in words', async () => {
  const page = await pageOf()
  const told = contentsOf(contentsOf(page, 'ol')[0]!, 'li').map(textOf)
  expect(told).toHaveLength(8)
  expect(told.slice(0, 2)).toEqual([
    'Oct 7, 2026 Claude Haiku 5.5 was released',
    'Sep 30, 2026 Claude Sonnet 4.5 was deprecated; its last day is Nov 30, 2026',
  ])
})

/** The same model, with these fields. */
function a(fields: Partial<ModelInfo>): ModelInfo {
  return model('claude-a', { display_name: 'A', ...fields })
}

test('nothing that happened, and nothing that has a date, is said as well', async () => {
  const page = await pageWith(
    JSON.stringify({ id: 'claude-x', created_at: 'soon', deprecated_at: '1970-01-01T00:00:00Z' }),
  )
  expect(page).not.toContain('1970')
  expect(textOf(page)).toMatch(/What changed (Nothing has happened yet|–)/)
})

test('each change has its words', async () => {
  const end = '2026-12-31T00:00:00Z'
  const steps = [
    [a({}), model('claude-b', { display_name: 'B' })],
    [a({ lifecycle: 'deprecated', retires_at: end })],
    [a({ lifecycle: 'deprecated', retires_at: '2027-01-31T00:00:00Z' })],
    [a({ lifecycle: 'deprecated', retires_at: null })],
    [a({ lifecycle: 'deprecated', retires_at: end })],
    [a({ lifecycle: 'retired', retires_at: end })],
    [a({ lifecycle: 'retired', retires_at: end, max_tokens: 1, line: 'opus' })],
  ]
  upstream.send = listing(steps[0]!)
  const service = await synced()
  for (const step of steps.slice(1)) {
    upstream.send = listing(step)
    await settle(service)
  }
  const page = await pageOf(service)
  const told = contentsOf(contentsOf(page, 'ol')[0]!, 'li').map((item) =>
    textOf(item).replace('Nov 20, 2026 ', ''),
  )
  expect(told).toEqual([
    'A changed: max_tokens, line',
    'A was retired',
    'A retires on Dec 31, 2026',
    'A retires on a date not yet set instead of Jan 31, 2027',
    'A retires on Jan 31, 2027 instead of Dec 31, 2026',
    'A was deprecated; its last day is Dec 31, 2026',
    'claude-b is no longer listed',
    'Jan 1, 2026 A was released',
  ])
})

describe('the policy', () => {
  test.each([
    ['with models', 3],
    ['without', 2],
  ])('names what the page has inline, to the letter, and nothing else: %s', async (_, inline) => {
    upstream.send = inline === 3 ? upstream.send : () => new Response(null, { status: 529 })
    const service = inline === 3 ? await synced() : isolate()
    const response = await ask(service, '/')
    const page = await response.text()
    const styles = contentsOf(page, 'style')
    const script = contentsOf(page, 'script').find((text) => text !== '')
    expect(styles.length + 1).toBe(inline)
    const [scriptHash, ...styleHashes] = await Promise.all(
      [script!, ...styles].map(async (text) => `'${await integrityOf(text, 'SHA-256')}'`),
    )
    expect(response.headers.get('content-security-policy')).toBe(
      [
        "default-src 'none'",
        `script-src 'self' ${scriptHash}`,
        `style-src ${styleHashes.join(' ')}`,
        "connect-src 'self'",
        'img-src data:',
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
      ].join('; '),
    )
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    expect(page).not.toMatch(/\son\w+=|\sstyle=|javascript:/)
  })
})

describe('as an answer', () => {
  test('it is data: cached, validated, of the snapshot alone', async () => {
    const service = await synced()
    const first = await ask(service, '/')
    expect(first.headers.get('cache-control')).toBe(
      'public, max-age=60, stale-while-revalidate=600, stale-if-error=86400',
    )
    // It also depends on what is deployed, and on whether syncs come through: only its tag tells.
    expect(first.headers.has('last-modified')).toBe(false)
    expect(first.headers.get('x-synced-at')).toBe('2026-11-20T12:00:00.000Z')
    expect(first.headers.get('cache-status')).toBe('models-edge; hit; detail=fresh')
    expect(first.headers.has('retry-after')).toBe(false)
    const etag = first.headers.get('etag')!
    const again = await ask(service, '/', { headers: { 'if-none-match': etag } })
    expect(again.status).toBe(304)
    const strange = await ask(service, '/', {
      headers: {
        host: 'evil.test',
        'x-forwarded-host': 'evil.test',
        'accept-language': 'de',
        cookie: 'a=b',
      },
    })
    expect(strange.headers.get('etag')).toBe(etag)
    expect(await strange.text()).not.toContain('models.test')
    const other = await ask(isolate(), '/')
    expect(other.headers.get('etag')).toBe(etag)
    expect(await (await ask(service, '/', { method: 'HEAD' })).text()).toBe('')
  })

  test('it is made once for a snapshot, whatever the query', async () => {
    const service = await synced()
    const one = await ask(service, '/')
    for (const path of ['/', '/?', '/?n=1', '/?utm_source=x']) {
      const two = await ask(service, path)
      expect(two.headers.get('request-id')).toBe(one.headers.get('request-id'))
    }
    for (let count = 0; count < 5; count += 1) await tick(service)
    expect(textOf(await pageOf(service))).toContain('12:05 UTC')
  })

  test.each([
    ['https://models.acme.test/', 'https://models.acme.test'],
    ['  https://models.acme.test  ', 'https://models.acme.test'],
    ['https://acme.test/models//', 'https://acme.test/models'],
    ['http://127.0.0.1:8787', 'http://127.0.0.1:8787'],
    ['http://[::1]:8787', 'http://[::1]:8787'],
  ])('it names its own address where the operator says which: %s', async (given, address) => {
    const page = await pageOf(synced({ PUBLIC_URL: given }))
    expect(textOf(page)).toContain(`curl ${address}/v1/models`)
    expect(page).not.toContain('class="origin"')
  })

  test.each([
    '',
    '  ',
    'models.acme.test',
    'javascript:alert(1)',
    'ftp://models.acme.test',
    'https://user:password@models.acme.test',
    'https://models.acme.test/?q',
    'https://models.acme.test/#f',
    'https://models.acme.test/$(rm)',
    "https://models.acme.test/';x",
    'https://models.acme.test/"><img>',
  ])('but not where nobody could use it: %s', async (given) => {
    const page = await pageOf(synced({ PUBLIC_URL: given }))
    expect(page).toContain('<span class="origin">https://models.example</span>')
    expect(page).not.toContain('acme')
  })
})
