import { models as recorded } from '@models-edge/upstream/catalogue'
import { describe, expect, test } from 'vitest'
import { changeAt, modelOf, NOW, viewOf } from '../../../test/world/snapshots.ts'
import type { Answer } from '../../http/answer.ts'
import type { Held } from '../../memory/held.ts'
import { type StoredModel, storedModel } from '../../snapshot/model.ts'
import { filesOnce } from '../files.ts'
import { pageAnswer } from './page.ts'
import { publicAddress } from '../public-address.ts'

const { widget } = await filesOnce()()
const everyModel = recorded.map((model) => storedModel(JSON.stringify(model)))
const MINUTE = 60_000

function textOfBody({ body }: Pick<Answer, 'body'>): string {
  return body
}

/** The page of a snapshot with these parts, at that time; of what the stand-in lists unless told. */
async function pageOf(parts: Parameters<typeof viewOf>[0] = {}, now = NOW): Promise<string> {
  const view = viewOf({ models: everyModel, ...parts }, now)
  return textOfBody(await pageAnswer({ kind: 'view', view }, widget, undefined))
}

function pageWith(...models: readonly StoredModel[]): Promise<string> {
  return pageOf({ models })
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

/** What the page says first. */
function heroOf(page: string): string {
  return textOf(contentsOf(page, 'section')[0])
}

/** The labels of the filter by lifecycle, and of the one by line. */
function filtersOf(page: string): string[][] {
  return contentsOf(page, 'fieldset').map((set) => contentsOf(set, 'label').map(textOf))
}

describe('the table', () => {
  test('has every model, newest first, with its facts', async () => {
    const rows = rowsOf(await pageOf())
    expect(textOf(rows[0])).toBe(
      'Claude Haiku 5.5 claude-haiku-5-5 copy haiku 1M 128K Oct 7, 2026 active',
    )
    const ids = rows.map((row) => /<code><bdi>([^<]+)/.exec(row)?.[1])
    expect(ids).toEqual(recorded.map(({ id }) => id))
  })

  test.each([
    ['deprecated', '2026-12-01T00:00:00Z', 'retires Dec 1, 2026'],
    ['deprecated', null, 'deprecated'],
    ['deprecated', '2026-11-01T00:00:00Z', 'overdue since Nov 1, 2026'],
    ['retired', '2026-11-01T00:00:00Z', 'retired Nov 1, 2026'],
    ['retired', null, 'retired'],
    ['paused', null, 'unknown'],
  ])('says of a model that is %s, and retires at %s: %s', async (lifecycle, retires_at, text) => {
    const [row] = rowsOf(await pageWith(modelOf('x', { lifecycle, retires_at })))
    expect(textOf(row)).toBe(`Model x x copy – – – Jan 1, 2026 ${text}`)
  })

  const beyond = ['+275760-09-13T00:00:00Z', '1970-01-01T00:00:00Z']

  test.each([
    ['is missing', {}],
    ['has the wrong type', { display_name: 7, created_at: {}, line: [], max_tokens: 'many' }],
    ['is out of all bounds', { created_at: beyond[0], deprecated_at: beyond[1], line: ' ' }],
    ['is no number of tokens', { display_name: ' ', max_tokens: -1, max_input_tokens: 1e300 }],
    ['is of 1970, when nobody knows', { created_at: beyond[1], retires_at: beyond[1] }],
  ])('leaves out what %s', async (_, odd) => {
    const page = await pageWith(storedModel(JSON.stringify({ id: 'claude-x', ...odd })))
    expect(textOf(rowsOf(page)[0])).toBe('claude-x claude-x copy – – – – active')
    expect(page).not.toContain('1970')
    expect(textOf(page)).toContain('1 current model,')
  })

  test('has 100 rows of the many that it counts, and lets the retired ones go first', async () => {
    const gone = Array.from({ length: 150 }, (_, n) => modelOf(`${n}`, { lifecycle: 'retired' }))
    const overdue = { lifecycle: 'deprecated', retires_at: '2026-01-01T00:00:00Z' }
    const page = await pageWith(...gone, modelOf('claude-due', overdue))
    const rows = rowsOf(page)
    expect(rows).toHaveLength(100)
    expect(rows.at(-1)).toContain('claude-due')
    const counts = ['current 1', 'active 0', 'deprecated 1', 'retired 150', 'all 151']
    expect(filtersOf(page)[0]).toEqual(counts)
    expect(textOf(page)).toContain('51 more are in the API')
  })

  test('has a filter for each line, and one for the lines that are too many', async () => {
    const lines = ['sonnet', 'opus', ...Array.from({ length: 20 }, (_, n) => `line-${n}`)]
    const models = lines.map((line) => modelOf(`claude-${line}`, { line }))
    const [, labels = []] = filtersOf(await pageWith(...models, modelOf('claude-none')))
    expect(labels).toHaveLength(10)
    expect([labels[0], labels.at(-1)]).toEqual(['every line', 'other'])
  })

  test('says so when no model is public', async () => {
    const page = await pageWith()
    expect(heroOf(page)).toContain('No model is public here')
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

  test('holds its size, whatever the dates are', async () => {
    const models = Array.from({ length: 100 }, (_, n) =>
      modelOf(`claude-${n}`, {
        created_at: n % 2 ? '0001-01-01T00:00:00Z' : '2026-01-01T00:00:00Z',
        lifecycle: n % 3 ? 'retired' : 'deprecated',
        retires_at: '9999-12-31T00:00:00Z',
      }),
    )
    const page = await pageWith(...models)
    const [svg = ''] = contentsOf(page, 'svg')
    expect(svg.match(/<g /g)).toHaveLength(40)
    expect(svg.match(/<text class="year"/g)!.length).toBeLessThan(15)
    const shares = Array.from(svg.matchAll(/="([^"%]+)%"/g), ([, at]) => Number(at))
    expect(shares.length).toBeGreaterThan(40)
    expect(shares.filter((share) => !(share >= 0 && share <= 100))).toEqual([])
    expect(textOf(page)).toContain('40 of 100 models')
  })
})

describe('hostile text', () => {
  const evil = `"><script>alert('1')</script>&amp;<img src=x onerror=alert(1)>`

  test('is never markup: not a name, not an id, not a line, not what changed', async () => {
    const due = { lifecycle: 'deprecated', retires_at: '2026-12-01T00:00:00Z' }
    const parts = { display_name: evil, line: evil, ...due }
    const fields = ['display_name', 'line', evil]
    const page = await pageOf({
      models: [modelOf('claude-x', parts), modelOf(evil, parts)],
      changes: [changeAt(2, 'claude-x', { change: 'changed', fields }), changeAt(1, evil)],
    })
    expect(page).not.toMatch(/<script>alert|<img/)
    expect(page.match(/<script/g)).toEqual((await pageOf()).match(/<script/g))
    expect(textOf(contentsOf(page, 'ol')[0])).toContain('display_name, line, &quot;&gt;&lt;script')
  })

  test('is kept short, in its own direction, and out of addresses', async () => {
    const page = await pageWith(
      modelOf('claude x/y?z', { display_name: 'n'.repeat(1_000_000), line: 'l'.repeat(100_000) }),
      modelOf('claude-\ud800', { display_name: '\u202EClaude' }),
    )
    expect(page.length).toBeLessThan(60_000)
    expect(page).toContain(`${'n'.repeat(80)}…`)
    expect(page).toContain(`${'l'.repeat(24)}…`)
    expect(page.match(/(<bdi>|<text[^>]*>)\u202EClaude/g)).toHaveLength(2)
    expect(page.match(/\u202EClaude/g)).toHaveLength(3) // and the picture's words
    const links = Array.from(page.matchAll(/href="(\/models\/[^"]+)"/g), ([, link]) => link)
    expect(links).toEqual(['/models/claude%20x%2Fy%3Fz', '/models/claude-%EF%BF%BD'])
  })
})

test('the page says how old it is, and after a quarter of an hour without news why', async () => {
  const page = await pageOf()
  expect(heroOf(page)).toContain('As of Nov 20, 2026, 12:00 UTC')
  expect(page).toContain('datetime="2026-11-20T12:00:00.000Z" data-ago')
  const late = NOW + 16 * MINUTE
  expect(heroOf(await pageOf({}, late))).toContain(
    'The last good copy, of Nov 20, 2026, 12:00 UTC : nothing newer has come since. /health says more.',
  )
  const failure = { reason: 'forbidden', failed_at: '', failures: 1, next_at: '' }
  expect(heroOf(await pageOf({ failure }, late))).toContain('12:00 UTC : syncs fail. /health')
})

test.each([
  [[], 'No retirement is scheduled.'],
  [['2026-11-21'], '1 day left for Model 0 0 retires on Nov 21, 2026'],
  [
    ['2026-12-24', '2026-12-22', '2026-12-21', '2026-12-23'],
    /^31 days left for Model 2 .* 32 days left for Model 1 .* 33 days left for Model 3 3 retires on Dec 23, 2026$/,
  ],
])('of what ends %j, three at the most are shown, the next one first', async (ends, text) => {
  const due = ends.map((day, n) =>
    modelOf(`${n}`, { lifecycle: 'deprecated', retires_at: `${day}T00:00:00Z` }),
  )
  const [aside] = contentsOf(await pageWith(modelOf('x'), ...due), 'aside')
  expect(textOf(aside)).toEqual(typeof text === 'string' ? text : expect.stringMatching(text))
})

test('each change has its words, and the last eight are told', async () => {
  const [from, to] = ['2026-12-31T00:00:00Z', '2027-01-31T00:00:00Z']
  const told = [
    { change: 'changed', fields: ['max_tokens', 'line'] },
    { change: 'retired' },
    { change: 'retirement_rescheduled', retires_at: { from, to: null } },
    { change: 'retirement_rescheduled', retires_at: { from, to } },
    { change: 'retirement_rescheduled', retires_at: { from: null, to } },
    { change: 'deprecated', retires_at: { from: null, to } },
    { change: 'deprecated', retires_at: { from: null, to: null } },
    { change: 'released', at: 'soon' },
    { change: 'released' },
  ] as const
  const changes = told.map((change, n) => changeAt(9 - n, 'a', change))
  const page = await pageOf({ models: [modelOf('a', { display_name: 'A' })], changes })
  const items = contentsOf(contentsOf(page, 'ol')[0]!, 'li').map(textOf)
  expect(items).toEqual([
    'Nov 20, 2026 A changed: max_tokens, line',
    'Nov 20, 2026 A was retired',
    'Nov 20, 2026 A retires on a date not yet set instead of Dec 31, 2026',
    'Nov 20, 2026 A retires on Jan 31, 2027 instead of Dec 31, 2026',
    'Nov 20, 2026 A retires on Jan 31, 2027',
    'Nov 20, 2026 A was deprecated; its last day is Jan 31, 2027',
    'Nov 20, 2026 A was deprecated',
    '– A was released',
  ])
  const gone = { changes: [changeAt(1, 'claude-b', { change: 'removed' })] }
  expect(textOf(contentsOf(await pageOf(gone), 'ol')[0])).toContain('claude-b is no longer listed')
})

// That each hash is the one of what is inline, browsers say in test/pages.
test('the policy allows what is inline, what is our own, and nothing else', async () => {
  const view = viewOf({ models: everyModel })
  const { body, headers } = await pageAnswer({ kind: 'view', view }, widget, undefined)
  const policy = headers.get('content-security-policy')?.replace(/'sha256-[\w+/=]{44}'/g, 'HASH')
  expect(policy?.split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'self' HASH",
    'style-src HASH HASH',
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ])
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(textOfBody({ body })).not.toMatch(/\son\w+=|\sstyle=|javascript:/)
})

test('snippets have the address that the operator names, and else none of a request', async () => {
  const held: Held = { kind: 'view', view: viewOf() }
  const named = await pageAnswer(held, widget, publicAddress(' https://acme.test/models// '))
  expect(textOf(textOfBody(named))).toContain('curl https://acme.test/models/v1/models')
  expect(textOfBody(named)).not.toContain('class="origin"')
  expect(await pageOf()).toContain('<span class="origin">https://models.example</span>')
})

test.each([
  [true, 'https://models.acme.test http://127.0.0.1:8787 http://[::1]:8787'],
  [
    false,
    'models.acme.test javascript:alert(1) https://user:password@acme.test https://acme.test/?q',
  ],
  [
    false,
    'https://acme.test/#f https://acme.test/$(rm) https://acme.test/\';x https://acme.test/"><img>',
  ],
])('it is %s that somebody could copy each of %s', (isFine, addresses) => {
  for (const given of addresses.split(' ')) {
    expect(publicAddress(given)).toBe(isFine ? given : undefined)
  }
})
