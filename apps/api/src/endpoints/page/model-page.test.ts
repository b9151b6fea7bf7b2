import { models as recorded } from '@models-edge/upstream/catalogue'
import { describe, expect, test } from 'vitest'
import { changeAt, modelOf, NOW, START, startPlus, viewOf } from '../../../test/world/snapshots.ts'
import { storedModel } from '../../snapshot/model.ts'
import { comparePage } from './compare-page.ts'
import { modelPage } from './model-page.ts'

const everyModel = recorded.map((model) => storedModel(JSON.stringify(model)))
const ADDRESS = 'https://models.test'
const gone = modelOf('claude-0', {
  display_name: 'Claude Zero',
  lifecycle: 'deprecated',
  retires_at: '2026-12-24T00:00:00Z',
})

const parts = {
  models: everyModel,
  aliases: [{ alias: 'claude-haiku-4-5', id: 'claude-haiku-4-5-20251001' }],
  past_names: [
    { name: 'claude-opus-4-1', id: 'claude-opus-4-1-20250805', since: START },
    { name: 'claude-0', id: 'claude-0', since: START, json: gone.json },
    { name: 'claude-zero', id: 'claude-0', since: startPlus(-3 * 86_400_000) },
  ],
  changes: [
    changeAt(3, 'claude-opus-5', { change: 'changed', fields: ['line'] }),
    changeAt(2, 'claude-sonnet-4-5-20250929', {
      change: 'deprecated',
      retires_at: { from: null, to: '2026-11-30T00:00:00Z' },
    }),
  ],
} satisfies Parameters<typeof viewOf>[0]

async function pageOf(name: string, address?: string, more: object = {}): Promise<string> {
  return (await modelPage(viewOf({ ...parts, ...more }), name, address)).body
}

function textOf(page: string): string {
  const body = page.slice(page.indexOf('<body>'), page.lastIndexOf('<script'))
  return body
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll(' .', '.')
}

test.each<[string, readonly string[]]>([
  [
    'claude-sonnet-4-5-20250929',
    ['Claude Sonnet 4.5', '10 days left: it retires Nov 30, 2026', 'Last day Nov 30, 2026'],
  ],
  ['claude-sonnet-4-5-20250929', ['The newest of its line is Claude Sonnet 5.5. What changes']],
  ['claude-sonnet-4-5-20250929', ['was deprecated; its last day is Nov 30, 2026']],
  ['claude-sonnet-5-5', ['active', 'It is the newest of its line.', '1M tokens', 'batch : yes']],
  ['claude-haiku-4-5', ['claude-haiku-4-5 : an alias, which can move', 'Claude Haiku 4.5']],
  ['claude-opus-4-1-20250805', ['retired Aug 5, 2026', 'Anthropic does not say.']],
  [
    'claude-opus-4-1',
    ['Claude Opus 4.1', 'stands for nothing any more since Nov 20, 2026 : requests with it fail.'],
  ],
  ['claude-opus-4-1-20250805', ['claude-opus-4-1 : stood for it until Nov 20, 2026']],
  ['claude-zero', ['no longer listed', 'stands for nothing any more since Nov 17, 2026']],
  ['claude-0', ['Last day Dec 24, 2026', 'Claude Zero: no longer listed; released']],
  ['claude-0', ['Claude Zero', 'no longer listed', 'All models', 'Nothing has happened yet.']],
])('the page of %s says %j', async (name, texts) => {
  const text = textOf(await pageOf(name))
  for (const words of texts) expect(text).toContain(words)
  expect(text.includes('left: it retires')).toBe(name === 'claude-sonnet-4-5-20250929')
})

test('who comes with a name that nobody knows is led to those that are near', async () => {
  const answer = await modelPage(viewOf(parts), 'claude-haiku-4.5', ADDRESS)
  expect([answer.status, answer.headers.get('x-should-retry')]).toEqual([404, 'false'])
  expect(textOf(answer.body)).toContain('Nobody knows claude-haiku-4.5 here. Perhaps it is one')
  expect(answer.body).toContain('href="/models/claude-haiku-4-5"')
  expect(answer.body).toContain('name="robots" content="noindex"')
  expect(answer.body).not.toContain('canonical')
})

describe('search engines and previews', () => {
  test.each(['claude-haiku-4-5', 'claude-haiku-4-5-20251001'])(
    'find the page of %s at one address, where there is one',
    async (name) => {
      const url = `${ADDRESS}/models/claude-haiku-4-5-20251001`
      const page = await pageOf(name, ADDRESS)
      expect(page).toContain(`<link rel="canonical" href="${url}" />`)
      expect(page).toContain(`<meta property="og:url" content="${url}" />`)
      expect(page).toContain('<title>Claude Haiku 4.5: active</title>')
      expect(await pageOf(name)).not.toMatch(/canonical|og:url/)
    },
  )

  test.each([
    ['claude-sonnet-4-5-20250929', 'Claude Sonnet 4.5: retires Nov 30, 2026'],
    ['claude-opus-4-1', 'Claude Opus 4.1: retired Aug 5, 2026'],
    ['claude-0', 'Claude Zero: no longer listed'],
  ])('are told of %s: %s', async (name, title) => {
    expect(await pageOf(name)).toContain(`<title>${title}</title>`)
  })

  test('find feeds beside every page', async () => {
    expect(await pageOf('claude-0')).toMatch(/rel="alternate"\s+type="application\/atom\+xml"/)
  })
})

test.each([
  ['deprecated', null, startPlus(0), 'deprecated Nov 20, 2026'],
  ['deprecated', null, null, 'deprecated'],
  ['deprecated', startPlus(-1), null, 'overdue since Nov 20, 2026'],
  ['retired', null, null, 'retired'],
  ['dormant', null, null, 'unknown'],
])('a model that is %s, until %s, since %s: %s', async (...row) => {
  const [lifecycle, retires_at, deprecated_at, words] = row
  const models = [modelOf('x', { lifecycle, retires_at, deprecated_at })]
  expect(await pageOf('x', undefined, { models })).toContain(`<title>Model x: ${words}</title>`)
})

async function compared(from: string, to: string): Promise<string> {
  return (await comparePage(viewOf(parts), [from, to], ADDRESS)).body
}

describe('two models', () => {
  test('stand side by side, and what differs is named', async () => {
    const page = await compared('claude-haiku-4-5', 'claude-haiku-5-5')
    const text = textOf(page)
    expect(text).toContain('From Claude Haiku 4.5 to Claude Haiku 5.5 : higher : context window,')
    expect(text).toContain('The data does not tell of prices; temperature, top_p and top_k;')
    expect(text).toMatch(/context window 200K 1M higher/)
    const changes = Array.from(page.matchAll(/<tr class="(\w+)"/g), ([, change]) => change)
    const news = changes.filter((change) => !change?.startsWith('un'))
    expect(news.length).toBeGreaterThan(2)
    expect(changes.slice(0, news.length)).toEqual(news)
    expect(page).toContain('name="robots" content="noindex"')
    expect(page).toContain('href="/v1/compare/claude-haiku-4-5-20251001/claude-haiku-5-5"')
  })

  test('that are one differ in nothing', async () => {
    const text = textOf(await compared('claude-haiku-5-5', 'claude-haiku-5-5'))
    expect(text).toContain('nothing that the data tells.')
  })

  test.each([
    ['claude-haiku-9', 'claude-0', 'claude-haiku-9'],
    ['claude-0', 'claude-haiku-9', 'claude-haiku-9'],
  ])('%s and %s are none', async (from, to, name) => {
    const answer = await comparePage(viewOf(parts), [from, to], undefined)
    expect(answer.status).toBe(404)
    expect(textOf(answer.body)).toContain(`Nobody knows ${name} here`)
  })
})

test('hostile text is never markup, and kept short', async () => {
  const evil = `"><script>alert('1')</script><img src=x onerror=alert(1)>`
  const capabilities = Object.fromEntries(
    Array.from({ length: 1000 }, (_, n) => [`${n}${evil}`, { supported: n % 2 === 0 }]),
  )
  const model = modelOf(evil, { display_name: evil, line: evil, capabilities })
  const models = [model, modelOf('newer', { line: evil, created_at: '2026-05-01T00:00:00Z' })]
  const since = evil
  const view = viewOf(
    {
      models,
      aliases: [{ alias: `${evil}a`, id: evil }],
      past_names: [{ name: `${evil}b`, id: evil, since }],
      changes: [changeAt(1, evil, { change: 'alias_moved', alias: evil })],
    },
    NOW,
  )
  const encoded = encodeURIComponent(evil)
  for (const answer of [
    await modelPage(view, encoded, ADDRESS),
    await modelPage(view, encodeURIComponent(`${evil}b`), ADDRESS),
    await modelPage(view, `${encoded}x`, ADDRESS),
    await comparePage(view, [encoded, 'newer'], ADDRESS),
  ]) {
    expect(answer.body).not.toMatch(/<script>alert|<img/)
    expect(answer.body.length).toBeLessThan(120_000)
  }
})
