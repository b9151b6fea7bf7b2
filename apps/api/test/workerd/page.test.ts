import type { ModelInfo } from '@models-edge/core'
import { describe, expect, test } from 'vitest'
import { integrityOf } from '../../src/http/integrity.ts'
import {
  ask,
  isolate,
  kvWith,
  later,
  listing,
  MINUTE,
  model,
  nothingKept,
  stage,
  synced,
  tick,
  upstream,
} from './world.ts'

stage()

async function pageOf(service = synced()): Promise<string> {
  const response = await ask(await service, '/')
  expect(response.status).toBe(200)
  return response.text()
}

/** The page of a service whose upstream lists these. */
function pageWith(...models: Parameters<typeof listing>[0]): Promise<string> {
  upstream.send = listing(models)
  return pageOf()
}

function rowsOf(page: string): string[] {
  return contentsOf(contentsOf(page, 'tbody')[0]!, 'tr')
}

function textOf(markup: string): string {
  return markup
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

/** What stands between the tags of every element of that name. */
function contentsOf(page: string, tag: string): string[] {
  return [...page.matchAll(new RegExp(`<${tag}[^>]*>([^]*?)</${tag}\\s*>`, 'g'))].map(
    ([, content]) => content!,
  )
}

describe('the table', () => {
  test('has every model, newest first, with its facts', async () => {
    const page = await pageOf()
    const rows = rowsOf(page)
    expect(rows).toHaveLength(20)
    expect(textOf(rows[0]!)).toBe(
      'Claude Haiku 5.5 claude-haiku-5-5 copy haiku 1M 128K Oct 7, 2026 active',
    )
    expect(rows.map((row) => /<code><bdi>([^<]+)/.exec(row)![1])).toEqual(
      (
        await (
          await ask(
            await synced(),
            '/v1/models?lifecycle[]=active&lifecycle[]=deprecated&lifecycle[]=retired&limit=1000',
          )
        ).json<{ data: { id: string }[] }>()
      ).data.map(({ id }) => id),
    )
  })

  test.each([
    [
      'deprecated',
      { lifecycle: 'deprecated', retires_at: '2026-12-01T00:00:00Z' },
      'retires Dec 1, 2026',
    ],
    ['deprecated without a date', { lifecycle: 'deprecated' }, 'deprecated'],
    [
      'overdue',
      { lifecycle: 'deprecated', retires_at: '2026-11-01T00:00:00Z' },
      'overdue since Nov 1, 2026',
    ],
    [
      'retired',
      { lifecycle: 'retired', retires_at: '2026-11-01T00:00:00Z' },
      'retired Nov 1, 2026',
    ],
    ['retired without a date', { lifecycle: 'retired' }, 'retired'],
    ['of a lifecycle that nobody knows', { lifecycle: 'paused' }, 'unknown'],
  ])('says when a model is %s', async (_, fields, text) => {
    const [row] = rowsOf(await pageWith(model('claude-x', fields)))
    expect(textOf(row!)).toContain(`Jan 1, 2026 ${text}`)
  })

  test('leaves out what nobody knows', async () => {
    const known = { type: 'model', id: 'claude-x', display_name: 'X' }
    const [row] = rowsOf(
      await pageWith(JSON.stringify({ ...known, created_at: '1970-01-01T00:00:00Z' })),
    )
    expect(textOf(row!)).toBe('X claude-x copy – – – – active')
  })

  test('shows fields of the wrong type as unknown', async () => {
    const odd = { id: 'claude-x', display_name: 7, created_at: {}, line: [], max_tokens: 'many' }
    const [row] = rowsOf(await pageWith(JSON.stringify({ ...odd, lifecycle: 1, retires_at: 5 })))
    expect(textOf(row!)).toBe('claude-x claude-x copy – – – – active')
  })

  test('keeps to 100 rows, and says where the rest is', async () => {
    const many = Array.from({ length: 1000 }, (_, n) => model(`claude-${n}`))
    const page = await pageWith(...many)
    expect(rowsOf(page)).toHaveLength(100)
    expect(textOf(page)).toContain('900 more are in the API')
  })

  test('has a filter for each line, and one for the lines that are too many', async () => {
    const lines = ['sonnet', 'opus', ...Array.from({ length: 20 }, (_, n) => `line-${n}`)]
    const page = await pageWith(
      ...lines.map((line) => model(`claude-${line}`, { line })),
      model('claude-none'),
    )
    const [, labels] = contentsOf(page, 'fieldset').map((set) =>
      contentsOf(set, 'label').map(textOf),
    )
    expect(labels).toHaveLength(10)
    expect([labels![0], labels!.at(-1)]).toEqual(['every line', 'other'])
  })

  test('counts all models, and lets the retired ones go first', async () => {
    const gone = Array.from({ length: 150 }, (_, n) => model(`gone-${n}`, { lifecycle: 'retired' }))
    const page = await pageWith(...gone, model('claude-due', { lifecycle: 'deprecated' }))
    const rows = rowsOf(page)
    expect(rows).toHaveLength(100)
    expect(rows.at(-1)).toContain('claude-due')
    const [labels] = contentsOf(page, 'fieldset').map((set) => contentsOf(set, 'label').map(textOf))
    expect(labels).toEqual(['current 1', 'active 0', 'deprecated 1', 'retired 150', 'all 151'])
  })

  test('counts overdue models as deprecated ones', async () => {
    const overdue = { lifecycle: 'deprecated', retires_at: '2026-01-01T00:00:00Z' }
    const page = await pageWith(model('claude-x', overdue))
    expect(textOf(page)).toContain('deprecated 1')
  })

  test('leads to each model, also where its id is no part of an address', async () => {
    const ids = ['claude x/y?z', 'claude-\ud800']
    const page = await pageWith(...ids.map((id) => JSON.stringify(model(id))))
    const links = [...page.matchAll(/href="(\/v1\/models\/[^"]+)"/g)].map(([, link]) => link)
    expect(links).toEqual(['/v1/models/claude%20x%2Fy%3Fz', '/v1/models/claude-%EF%BF%BD'])
  })

  test('leaves out what is out of all bounds', async () => {
    const odd = {
      display_name: ' ',
      line: ' ',
      max_tokens: -1,
      max_input_tokens: 1e300,
      created_at: '+275760-09-13T00:00:00Z',
      deprecated_at: '1970-01-01T00:00:00Z',
      retires_at: '1970-01-01T00:00:00Z',
      lifecycle: 'deprecated',
    }
    const page = await pageWith(JSON.stringify({ id: 'claude-x', ...odd }))
    expect(textOf(rowsOf(page)[0]!)).toBe('claude-x claude-x copy – – – – deprecated')
    expect(page).not.toContain('1970')
    expect(contentsOf(page, 'label').slice(0, -1).map(textOf)).toEqual([
      'current 1',
      'active 0',
      'deprecated 1',
      'retired 0',
      'all 1',
      'every line',
      'other',
    ])
  })

  test('cuts names and lines that are too long', async () => {
    const long = { display_name: 'n'.repeat(1_000_000), line: 'l'.repeat(100_000) }
    const page = await pageWith(model('claude-x', long))
    expect(page.length).toBeLessThan(60_000)
    expect(page).toContain(`${'n'.repeat(80)}…`)
    expect(page).toContain(`${'l'.repeat(24)}…`)
  })

  test('keeps the direction of a name to itself', async () => {
    const page = await pageWith(model('claude-x', { display_name: '\u202EClaude' }))
    expect(page.match(/(<bdi>|<text[^>]*>)\u202EClaude/g)).toHaveLength(3)
    expect(page.match(/\u202EClaude/g)).toHaveLength(4) // and the picture's words
  })

  test('says so when no model is public', async () => {
    const page = await pageOf(synced({ HIDDEN_MODELS: '*' }))
    expect(textOf(page)).toContain('No model is public here')
    expect(page).not.toContain('href="#models"')
  })

  test('shows no hidden model', async () => {
    const page = await pageOf(synced({ HIDDEN_MODELS: '*haiku*' }))
    expect(page).not.toContain('Claude Haiku')
    expect(page).toContain('Claude Sonnet')
  })
})

describe('text is never markup', () => {
  const evil = `"><script>alert('1')</script>&amp;<img src=x onerror=alert(1)>`
  test('not a name, not an id, not a line, not a field', async () => {
    const clean = await pageWith(model('claude-x', { line: 'opus', display_name: 'X' }))
    later(5 * MINUTE)
    const page = await pageWith(
      model(evil, {
        display_name: evil,
        line: evil,
        lifecycle: 'deprecated',
        retires_at: '2026-12-01T00:00:00Z',
      }),
    )
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
    await tick(service)
    const page = await pageOf(Promise.resolve(service))
    expect(textOf(contentsOf(page, 'ol')[0]!)).toContain('changed: display_name, &quot;&gt;')
    expect(page).not.toContain('<img')
  })
})

describe('the picture', () => {
  test('has a line for every model, and says it in words', async () => {
    const page = await pageOf()
    const [svg] = contentsOf(page, 'svg')
    expect(svg!.match(/<g /g)).toHaveLength(20)
    const [words] = contentsOf(svg!, 'desc')
    expect(words!.split('. ')).toContain(
      'Claude Sonnet 4.5: deprecated; released Sep 29, 2025; deprecated Sep 30, 2026; retires Nov 30, 2026',
    )
    expect(words).toContain(
      'Claude Haiku 3: retired; released Mar 7, 2024; deprecated Feb 19, 2026; retired Apr 20, 2026',
    )
    expect(svg).toContain('class="today"')
  })

  test('puts everything where its date is', async () => {
    const page = await pageWith(
      model('claude-new', { created_at: '2026-11-20T00:00:00Z' }),
      model('claude-due', {
        created_at: '2025-11-20T00:00:00Z',
        lifecycle: 'deprecated',
        deprecated_at: '2026-05-20T00:00:00Z',
        retires_at: '2026-12-20T00:00:00Z',
      }),
    )
    const [svg] = contentsOf(page, 'svg')
    const bars = [
      ...svg!.matchAll(/<rect\s+class="(\w+)"\s+x="([\d.]+)%"\s+width="([\d.]+)%"/g),
    ].map(([, kind, x, width]) => [kind, Number(x), Number(width)] as const)
    const today = Number(/class="today"\s+x1="([\d.]+)%"/.exec(svg!)![1])
    expect(bars.map(([kind]) => kind)).toEqual(['life', 'life', 'due'])
    const [fresh, life, end] = bars.map(([, x, width]) => ({ from: x, to: x + width }))
    expect(fresh!.to).toBeCloseTo(today, 0)
    expect(life!.from).toBe(0)
    expect(end!.from).toBeCloseTo(life!.to, 0)
    expect(end!.to).toBeGreaterThan(today)
    // A year and a month, of which a year has 78 % of the width.
    expect(today).toBe(78)
    expect(end!.to).toBeCloseTo(78 * (395 / 365), 0)
  })

  test('holds its size, whatever the dates are', async () => {
    const page = await pageWith(
      ...Array.from({ length: 100 }, (_, n) =>
        model(`claude-${n}`, {
          created_at: n % 2 ? '0001-01-01T00:00:00Z' : '2026-01-01T00:00:00Z',
          lifecycle: n % 3 ? 'retired' : 'deprecated',
          retires_at: '9999-12-31T00:00:00Z',
        }),
      ),
    )
    const [svg] = contentsOf(page, 'svg')
    expect(svg!.match(/<g /g)).toHaveLength(40)
    expect(svg!.match(/<text class="year"/g)!.length).toBeLessThan(15)
    for (const [, share] of svg!.matchAll(/="(-?[\d.]+|NaN|-?Infinity)%"/g)) {
      expect(Number(share)).toBeGreaterThanOrEqual(0)
      expect(Number(share)).toBeLessThanOrEqual(100)
    }
    expect(textOf(page)).toContain('40 of 100 models')
  })
})

/** A model that retires on that day of December. */
function due(day: number): ModelInfo {
  return model(`claude-${day}`, { lifecycle: 'deprecated', retires_at: `2026-12-${day}T00:00:00Z` })
}

describe('how old it is', () => {
  test('the page says, and counts its days from there', async () => {
    const service = await synced()
    const page = await pageOf(Promise.resolve(service))
    expect(textOf(contentsOf(page, 'section')[0]!)).toContain('As of Nov 20, 2026, 12:00 UTC')
    expect(textOf(contentsOf(page, 'aside')[0]!)).toBe(
      '10 days left for Claude Sonnet 4.5 claude-sonnet-4-5-20250929 retires on Nov 30, 2026',
    )
    expect(page).toContain('datetime="2026-11-20T12:00:00.000Z" data-ago')
  })

  test('a page that no sync has renewed for three periods says so', async () => {
    const service = await synced()
    upstream.send = () => new Response(null, { status: 529 })
    later(16 * MINUTE)
    const page = await pageOf(Promise.resolve(service))
    expect(textOf(page)).toContain(
      'The last good copy, of Nov 20, 2026, 12:00 UTC : no sync has succeeded since.',
    )
    expect(page).toContain('class="stale"')
  })

  test('without any models there is a page all the same, that says why', async () => {
    upstream.send = () => new Response(null, { status: 529 })
    const response = await ask(isolate({ CATALOG: nothingKept() }), '/')
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
    await tick(service)
  }
  const page = await pageOf(Promise.resolve(service))
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
    const service = inline === 3 ? await synced() : isolate({ CATALOG: nothingKept() })
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
    await tick(service)
    expect(textOf(await pageOf(Promise.resolve(service)))).toContain('12:05 UTC')
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

describe("the widget's file", () => {
  const script = 'text/javascript; charset=utf-8'

  test('has an address that always has the newest', async () => {
    const response = await ask(isolate(), '/widget.js')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe(script)
    expect(response.headers.get('cache-control')).toBe(
      'public, max-age=300, stale-while-revalidate=600, stale-if-error=86400',
    )
    expect(await response.text()).toContain('customElements')
    const etag = response.headers.get('etag')!
    const again = await ask(isolate(), '/widget.js', { headers: { 'if-none-match': etag } })
    expect(again.status).toBe(304)
    const since = await ask(isolate(), '/widget.js', {
      headers: { 'if-modified-since': 'Fri, 20 Nov 2099 12:00:00 GMT' },
    })
    expect(since.status).toBe(200)
  })

  test('has one that never changes, which the page shows with its hash', async () => {
    const page = await pageOf()
    const snippet = contentsOf(page, 'code').find((text) => text.includes('integrity'))!
    const [, path, hash] = /<\/span>(\/widget\/.+?)&quot;\s+integrity=&quot;(.+?)&quot;/.exec(
      snippet,
    )!
    const response = await ask(isolate(), path!)
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(response.headers.get('content-type')).toBe(script)
    const code = await response.text()
    expect(hash).toBe(await integrityOf(code, 'SHA-384'))
    expect(code).toBe(await (await ask(isolate(), '/widget.js')).text())
  })

  test('is not there in versions that are not here', async () => {
    for (const path of [
      '/widget/0.0.0/widget.js',
      '/widget/9.9.9-12345678/widget.js',
      '/widget/latest/widget.js',
    ]) {
      const response = await ask(isolate(), path)
      expect(response.status).toBe(404)
      const { error } = await response.json<{ error: { message: string } }>()
      expect(error.message).toMatch(
        /^This version of the widget is not here: \/widget\/.+\/widget\.js is/,
      )
    }
  })

  test('of an earlier version is still there', async () => {
    const asked: string[] = []
    const assets = {
      fetch(url: string) {
        asked.push(url)
        const found = url.endsWith('/widget/0.1.0-abcd/widget.js')
        return Promise.resolve(new Response('// earlier', { status: found ? 200 : 404 }))
      },
    } as unknown as Fetcher
    const service = isolate({ ASSETS: assets })
    const response = await ask(service, '/widget/0.1.0-abcd/widget.js')
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('// earlier')
    expect(response.headers.get('content-type')).toBe(script)
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect((await ask(service, '/widget/0.2.0-abcd/widget.js')).status).toBe(404)
    expect(asked).toHaveLength(2)
    for (const odd of ['latest', '0%2F..%2Fx', '0?x', `0${'1'.repeat(64)}`]) {
      expect((await ask(service, `/widget/${odd}/widget.js`)).status).toBe(404)
    }
    expect(asked).toHaveLength(2)
  })

  test('needs neither upstream nor KV', async () => {
    const service = isolate({
      CATALOG: kvWith({ get: () => Promise.reject(new Error('KV is down')) }),
    })
    expect((await ask(service, '/widget.js')).status).toBe(200)
    expect(upstream.calls).toEqual([])
  })
})
