import { describe, expect, test } from 'vitest'
import { contentsOf, pageOf, pageWith, rowsOf, textOf } from './page.worker.ts'
import { ask, model, stage, synced } from '../world/world.worker.ts'

stage()

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
