import type { ModelInfo } from '@models-edge/core'
import { describe, expect, test } from 'vitest'
import type { Worker } from '../../src/compose.ts'
import { publicAddress } from '../../src/endpoints/page/public-address.ts'
import { integrityOf } from '../../src/http/integrity.ts'
import {
  ask,
  isolate,
  later,
  onePage,
  MINUTE,
  model,
  settle,
  stage,
  synced,
  tick,
  upstream,
} from '../world/world.worker.ts'

stage()

/** The page of a service; of one that has just synced unless told. */
async function pageOf(service: Worker | Promise<Worker> = synced()): Promise<string> {
  return (await ask(await service, '/')).text()
}

/** The page of a service whose upstream lists these. */
function pageWith(...models: Parameters<typeof onePage>[0]): Promise<string> {
  upstream.send = onePage(models)
  return pageOf()
}

/** What stands between the tags of every element of that name. */
function contentsOf(page: string, tag: string): string[] {
  const elements = page.matchAll(new RegExp(`<${tag}[^>]*>([^]*?)</${tag}\\s*>`, 'g'))
  return Array.from(elements, ([, content = '']) => content)
}

function rowsOf(page: string): string[] {
  return contentsOf(contentsOf(page, 'tbody')[0]!, 'tr')
}

function textOf(markup = ''): string {
  return markup
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

/** The labels of the filter by lifecycle, and of the one by line. */
function filtersOf(page: string): string[][] {
  return contentsOf(page, 'fieldset').map((set) => contentsOf(set, 'label').map(textOf))
}

describe('the table', () => {
  test('has every model, newest first, with its facts', async () => {
    const service = await synced()
    const rows = rowsOf(await pageOf(service))
    expect(textOf(rows[0])).toBe(
      'Claude Haiku 5.5 claude-haiku-5-5 copy haiku 1M 128K Oct 7, 2026 active',
    )
    const every = 'lifecycle[]=active&lifecycle[]=deprecated&lifecycle[]=retired'
    const list = await ask(service, `/v1/models?limit=1000&${every}`)
    const { data } = await list.json<{ data: { id: string }[] }>()
    expect(data).toHaveLength(20)
    expect(rows.map((row) => /<code><bdi>([^<]+)/.exec(row)?.[1])).toEqual(data.map(({ id }) => id))
  })

  test.each([
    ['deprecated', '2026-12-01T00:00:00Z', 'retires Dec 1, 2026'],
    ['deprecated', null, 'deprecated'],
    ['deprecated', '2026-11-01T00:00:00Z', 'overdue since Nov 1, 2026'],
    ['retired', '2026-11-01T00:00:00Z', 'retired Nov 1, 2026'],
    ['retired', null, 'retired'],
    ['paused', null, 'unknown'],
  ])('says of a model that is %s, and retires at %s: %s', async (lifecycle, retires_at, text) => {
    const [row] = rowsOf(await pageWith(model('claude-x', { lifecycle, retires_at })))
    expect(textOf(row)).toBe(`claude-x claude-x copy – – – Jan 1, 2026 ${text}`)
  })

  test.each([
    ['is missing', {}],
    ['has the wrong type', { display_name: 7, created_at: {}, line: [], max_tokens: 'many' }],
    [
      'is out of all bounds',
      {
        display_name: ' ',
        line: ' ',
        max_tokens: -1,
        max_input_tokens: 1e300,
        created_at: '+275760-09-13T00:00:00Z',
        deprecated_at: '1970-01-01T00:00:00Z',
        retires_at: '1970-01-01T00:00:00Z',
      },
    ],
  ])('leaves out what %s', async (_, odd) => {
    const page = await pageWith(JSON.stringify({ id: 'claude-x', ...odd }))
    expect(textOf(rowsOf(page)[0])).toBe('claude-x claude-x copy – – – – active')
    expect(page).not.toContain('1970')
    expect(textOf(page)).toContain('1 current model,')
  })

  test('has 100 rows of the many that it counts, and lets the retired ones go first', async () => {
    const gone = Array.from({ length: 150 }, (_, n) => model(`gone-${n}`, { lifecycle: 'retired' }))
    const overdue = { lifecycle: 'deprecated', retires_at: '2026-01-01T00:00:00Z' }
    const page = await pageWith(...gone, model('claude-due', overdue))
    const rows = rowsOf(page)
    expect(rows).toHaveLength(100)
    expect(rows.at(-1)).toContain('claude-due')
    expect(filtersOf(page)[0]).toEqual([
      'current 1',
      'active 0',
      'deprecated 1',
      'retired 150',
      'all 151',
    ])
    expect(textOf(page)).toContain('51 more are in the API')
  })

  test('has a filter for each line, and one for the lines that are too many', async () => {
    const lines = ['sonnet', 'opus', ...Array.from({ length: 20 }, (_, n) => `line-${n}`)]
    const models = lines.map((line) => model(`claude-${line}`, { line }))
    const [, labels = []] = filtersOf(await pageWith(...models, model('claude-none')))
    expect(labels).toHaveLength(10)
    expect([labels[0], labels.at(-1)]).toEqual(['every line', 'other'])
  })

  test('says so when no model is public', async () => {
    const page = await pageOf(synced({ HIDDEN_MODELS: '*' }))
    expect(textOf(page)).toContain('No model is public here')
    expect(page).not.toContain('href="#models"')
  })
})

describe('the picture', () => {
  test('has a line for every model, and says it in words', async () => {
    const [svg = ''] = contentsOf(await pageOf(), 'svg')
    expect(svg.match(/<g /g)).toHaveLength(20)
    expect(contentsOf(svg, 'desc')[0]?.split('. ')).toContain(
      'Claude Sonnet 4.5: deprecated; released Sep 29, 2025; deprecated Sep 30, 2026; retires Nov 30, 2026',
    )
  })

  test('puts everything where its date is', async () => {
    const due = {
      created_at: '2025-11-20T00:00:00Z',
      lifecycle: 'deprecated',
      deprecated_at: '2026-05-20T00:00:00Z',
      retires_at: '2026-12-20T00:00:00Z',
    }
    const page = await pageWith(
      model('claude-new', { created_at: '2026-11-20T00:00:00Z' }),
      model('claude-due', due),
    )
    const [svg = ''] = contentsOf(page, 'svg')
    const rects = svg.matchAll(/<rect\s+class="(\w+)"\s+x="([\d.]+)%"\s+width="([\d.]+)%"/g)
    const bars = Array.from(rects, ([, kind, x, width]) => ({
      kind,
      from: Number(x),
      to: Number(x) + Number(width),
    }))
    expect(bars.map(({ kind }) => kind)).toEqual(['life', 'life', 'due'])
    // A year and a month, of which a year has 78 % of the width.
    const [fresh, life, end] = bars
    expect(svg).toMatch(/class="today"\s+x1="78%"/)
    expect(fresh?.to).toBeCloseTo(78, 0)
    expect(life?.from).toBe(0)
    expect(end?.from).toBeCloseTo(life?.to ?? 0, 0)
    expect(end?.to).toBeCloseTo(78 * (395 / 365), 0)
  })

  test('holds its size, whatever the dates are', async () => {
    const models = Array.from({ length: 100 }, (_, n) =>
      model(`claude-${n}`, {
        created_at: n % 2 ? '0001-01-01T00:00:00Z' : '2026-01-01T00:00:00Z',
        lifecycle: n % 3 ? 'retired' : 'deprecated',
        retires_at: '9999-12-31T00:00:00Z',
      }),
    )
    const page = await pageWith(...models)
    const [svg = ''] = contentsOf(page, 'svg')
    expect(svg.match(/<g /g)).toHaveLength(40)
    expect(svg.match(/<text class="year"/g)!.length).toBeLessThan(15)
    const shares = Array.from(svg.matchAll(/="(-?[\d.]+|NaN|-?Infinity)%"/g), ([, at]) =>
      Number(at),
    )
    expect(shares.filter((share) => !(share >= 0 && share <= 100))).toEqual([])
    expect(textOf(page)).toContain('40 of 100 models')
  })
})

describe('hostile text', () => {
  const evil = `"><script>alert('1')</script>&amp;<img src=x onerror=alert(1)>`

  test('is never markup: not a name, not an id, not a line, not what changed', async () => {
    upstream.send = onePage([model('claude-x', { line: 'opus' })])
    const service = await synced()
    const scripts = (await pageOf(service)).match(/<script/g)
    const due = { lifecycle: 'deprecated', retires_at: '2026-12-01T00:00:00Z' }
    const changed = { ...model('claude-x', { display_name: evil, line: evil, ...due }), [evil]: 1 }
    upstream.send = onePage([JSON.stringify(changed), model(evil, { display_name: evil, ...due })])
    await settle(service)
    const page = await pageOf(service)
    expect(page).not.toMatch(/<script>alert|<img/)
    expect(page.match(/<script/g)).toEqual(scripts)
    expect(textOf(contentsOf(page, 'ol')[0])).toContain('display_name, line, &quot;&gt;&lt;script')
  })

  test('is kept short, in its own direction, and out of addresses', async () => {
    const page = await pageWith(
      model('claude x/y?z', { display_name: 'n'.repeat(1_000_000), line: 'l'.repeat(100_000) }),
      JSON.stringify(model('claude-\ud800', { display_name: '\u202EClaude' })),
    )
    expect(page.length).toBeLessThan(60_000)
    expect(page).toContain(`${'n'.repeat(80)}…`)
    expect(page).toContain(`${'l'.repeat(24)}…`)
    expect(page.match(/(<bdi>|<text[^>]*>)\u202EClaude/g)).toHaveLength(3)
    expect(page.match(/\u202EClaude/g)).toHaveLength(4) // and the picture's words
    const links = Array.from(page.matchAll(/href="(\/v1\/models\/[^"]+)"/g), ([, link]) => link)
    expect(links).toEqual(['/v1/models/claude%20x%2Fy%3Fz', '/v1/models/claude-%EF%BF%BD'])
  })
})

/** What the page says first. */
function heroOf(page: string): string {
  return textOf(contentsOf(page, 'section')[0])
}

describe('how old it is', () => {
  test('the page says, and after a quarter of an hour without news, and why', async () => {
    const service = await synced()
    const page = await pageOf(service)
    expect(heroOf(page)).toContain('As of Nov 20, 2026, 12:00 UTC')
    expect(page).toContain('datetime="2026-11-20T12:00:00.000Z" data-ago')
    later(16 * MINUTE)
    expect(heroOf(await pageOf(service))).toContain(
      'The last good copy, of Nov 20, 2026, 12:00 UTC : nothing newer has come since. /health says more.',
    )
    upstream.send = () => new Response(null, { status: 401 })
    await tick(service)
    await tick(service)
    expect(heroOf(await pageOf(service))).toContain('2026, 12:00 UTC : syncs fail. /health')
  })

  test('without any models there is a page all the same, that says why', async () => {
    upstream.send = () => new Response(null, { status: 529 })
    const response = await ask(isolate(), '/')
    expect(response.status).toBe(503)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('retry-after')).toBe('30')
    expect(heroOf(await response.text())).toContain('There are no models here yet')
  })
})

test.each([
  [[], 'No retirement is scheduled.'],
  [['2026-11-21'], '1 day left for claude-0 claude-0 retires on Nov 21, 2026'],
  [
    ['2026-12-24', '2026-12-22', '2026-12-21', '2026-12-23'],
    /^31 days left for claude-2 .* 32 days left for claude-1 .* 33 days left for claude-3 \S+ retires on Dec 23, 2026$/,
  ],
])('of what ends %j, three at the most are shown, the next one first', async (ends, text) => {
  const due = ends.map((day, n) =>
    model(`claude-${n}`, { lifecycle: 'deprecated', retires_at: `${day}T00:00:00Z` }),
  )
  const [aside] = contentsOf(await pageWith(model('claude-x'), ...due), 'aside')
  expect(textOf(aside)).toEqual(typeof text === 'string' ? text : expect.stringMatching(text))
})

/** The same model, with these fields. */
function a(fields: Partial<ModelInfo>): ModelInfo {
  return model('claude-a', { display_name: 'A', ...fields })
}

test('each change has its words, and the last eight are told', async () => {
  const end = '2026-12-31T00:00:00Z'
  upstream.send = onePage([a({}), model('claude-b', { display_name: 'B' })])
  const service = await synced()
  for (const step of [
    a({ lifecycle: 'deprecated', retires_at: end }),
    a({ lifecycle: 'deprecated', retires_at: '2027-01-31T00:00:00Z' }),
    a({ lifecycle: 'deprecated', retires_at: null }),
    a({ lifecycle: 'deprecated', retires_at: end }),
    a({ lifecycle: 'retired', retires_at: end }),
    a({ lifecycle: 'retired', retires_at: end, max_tokens: 1, line: 'opus' }),
  ]) {
    upstream.send = onePage([step])
    await settle(service)
  }
  const [list = ''] = contentsOf(await pageOf(service), 'ol')
  const items = contentsOf(list, 'li').map((item) => textOf(item).replace('Nov 20, 2026 ', ''))
  expect(items).toEqual([
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

test.each([
  ['no model', 2],
  ['every model', 1],
])('the policy names what is inline, to the letter, where %s is hidden', async (hidden, count) => {
  const HIDDEN_MODELS = hidden === 'every model' ? '*' : ''
  const response = await ask(await synced({ HIDDEN_MODELS }), '/')
  const page = await response.text()
  const styles = contentsOf(page, 'style')
  expect(styles).toHaveLength(count)
  const script = contentsOf(page, 'script').find((text) => text !== '')!
  const [scriptHash, ...styleHashes] = await Promise.all(
    [script, ...styles].map(async (text) => `'${await integrityOf(text, 'SHA-256')}'`),
  )
  expect(response.headers.get('content-security-policy')?.split('; ')).toEqual([
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
  ])
  expect(response.headers.get('referrer-policy')).toBe('no-referrer')
  expect(page).not.toMatch(/\son\w+=|\sstyle=|javascript:/)
})

describe('its own address', () => {
  test('is the one that the operator names, and else none of a request', async () => {
    const named = await pageOf(synced({ PUBLIC_URL: ' https://acme.test/models// ' }))
    expect(textOf(named)).toContain('curl https://acme.test/models/v1/models')
    expect(named).not.toContain('class="origin"')
    expect(await pageOf()).toContain('<span class="origin">https://models.example</span>')
  })

  test.each([
    'models.acme.test',
    'javascript:alert(1)',
    'https://user:password@models.acme.test',
    'https://models.acme.test/?q',
    'https://models.acme.test/#f',
    'https://models.acme.test/$(rm)',
    "https://models.acme.test/';x",
    'https://models.acme.test/"><img>',
  ])('is not what nobody could copy: %s', (given) => expect(publicAddress(given)).toBeUndefined())

  test.each(['https://models.acme.test', 'http://127.0.0.1:8787', 'http://[::1]:8787'])(
    'can be %s',
    (given) => expect(publicAddress(`${given}/`)).toBe(given),
  )
})
