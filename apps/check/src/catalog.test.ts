import type { LifecycleModel } from '@models-edge/core'
import { expect, test } from 'vitest'
import { Catalog } from './catalog.ts'
import { checkText } from './check-text.ts'
import type { Finding } from './finding.ts'

const NOW = Date.parse('2026-11-20T12:00:00Z')

type Told = Partial<LifecycleModel> & { readonly id: string }

function catalogOf(told: readonly Told[], aliases: Readonly<Record<string, string>> = {}): Catalog {
  const models = told.map((model) => ({ display_name: '', created_at: '', ...model }))
  return new Catalog({ source: 'live', from: null, synced_at: null }, { models, aliases })
}

function judge(text: string, catalog: Catalog): Finding | undefined {
  return checkText(text, catalog, { now: NOW })[0]
}

test.each(['fable', 'haiku', 'instant', 'mythos', 'opus', 'sonnet'])(
  'a name with %s could be a model’s, whoever was asked',
  (line) => {
    expect(judge(`claude-${line}-99`, catalogOf([]))?.status).toBe('unknown')
  },
)

test('a name with another word could be one where the data has it, in an id or as a line', () => {
  const catalog = catalogOf([{ id: 'claude-zephyr-1' }, { id: 'claude-x', line: 'breeze' }])
  expect(judge('claude-zephyr-9', catalog)?.status).toBe('unknown')
  expect(judge('claude-breeze-9', catalog)?.status).toBe('unknown')
  expect(judge('claude-gust-9', catalog)).toBeUndefined()
})

const opus = (id: string, created_at: string, more: Partial<LifecycleModel> = {}): Told => ({
  id,
  created_at,
  line: 'opus',
  ...more,
})
const dead = opus('claude-opus-1', '2020-01-01T00:00:00Z', { lifecycle: 'retired' })

test.each<[string, readonly Told[], string | null]>([
  [
    'the newest, whatever the order and the id',
    [
      opus('claude-opus-9', '2026-01-01T00:00:00Z'),
      opus('claude-opus-3', '2026-03-01T00:00:00Z'),
      opus('claude-opus-8', '2026-02-01T00:00:00Z'),
    ],
    'claude-opus-3',
  ],
  [
    'one whose lifecycle nobody tells',
    [opus('claude-opus-9', '2026-01-01T00:00:00Z')],
    'claude-opus-9',
  ],
  [
    'one that is active',
    [opus('claude-opus-9', '2026-01-01T00:00:00Z', { lifecycle: 'active' })],
    'claude-opus-9',
  ],
  [
    'none that is dying, too',
    [opus('claude-opus-9', '2026-01-01T00:00:00Z', { lifecycle: 'deprecated' })],
    null,
  ],
  [
    'none that is listed no more',
    [opus('claude-opus-9', '2026-01-01T00:00:00Z', { removed_at: '2026-02-01T00:00:00Z' })],
    null,
  ],
  ['none of another line', [{ id: 'claude-haiku-9', line: 'haiku' }], null],
])('what comes after a model is %s', (_, others, successor) => {
  expect(judge(dead.id, catalogOf([dead, ...others]))?.successor).toBe(successor)
})

test('what has no line has nothing that comes after it', () => {
  const catalog = catalogOf([{ id: 'claude-2.5', lifecycle: 'retired' }, { id: 'claude-2.6' }])
  expect(judge('claude-2.5', catalog)?.successor).toBeNull()
})

test('an end is told of what ends, and days of what is deprecated', () => {
  const retires_at = '2026-11-22T12:00:00Z'
  const standing = (lifecycle: string): object =>
    judge('claude-opus-9', catalogOf([{ id: 'claude-opus-9', lifecycle, retires_at }])) ?? {}
  expect(standing('active')).toMatchObject({ retires_at: null, days_left: null, successor: null })
  expect(standing('deprecated')).toMatchObject({ retires_at, days_left: 2 })
  expect(standing('retired')).toMatchObject({ retires_at, days_left: null })
})

test('the day that a name ended is no day of the model’s', () => {
  const catalog = new Catalog(
    { source: 'live', from: null, synced_at: null },
    {
      models: [
        {
          id: 'claude-opus-9',
          display_name: '',
          created_at: '',
          lifecycle: 'retired',
          retires_at: '2026-01-01T00:00:00Z',
        },
      ],
      aliases: {},
      past_aliases: { 'claude-opus-9-0': 'claude-opus-9' },
      past_aliases_since: {
        'claude-opus-9': '2025-05-05T00:00:00Z',
        'claude-opus-9-0': '2025-06-06T00:00:00Z',
      },
    },
  )
  expect(judge('claude-opus-9', catalog)?.retires_at).toBe('2026-01-01T00:00:00Z')
  expect(judge('claude-opus-9-0', catalog)?.retires_at).toBe('2025-06-06T00:00:00.000Z')
})

test('names of the same version are nearest, and no more than three', () => {
  const days = ['20260101', '20260202', '20260303', '20260404']
  const catalog = catalogOf(days.map((day) => ({ id: `claude-opus-9-${day}` })))
  expect(judge('claude-opus-9-20269999', catalog)?.nearest).toEqual(
    days.slice(0, 3).map((day) => `claude-opus-9-${day}`),
  )
  expect(judge('claude-opus-8-20260101', catalog)?.nearest).toContain('claude-opus-9-20260101')
})

test('another platform’s name is a model’s by its version, and by its date where it has one', () => {
  const [one, two] = ['claude-opus-9-20260101', 'claude-opus-9-20260202']
  const catalog = catalogOf([{ id: 'claude-opus-9' }, { id: one }, { id: two }])
  expect(judge('anthropic.claude-opus-9-20260202-v1:0', catalog)?.id).toBe(two)
  expect(judge('claude-opus-9@20260101', catalog)?.id).toBe(one)
  expect(judge('anthropic.claude-opus-9', catalog)?.id).toBe('claude-opus-9')
  expect(judge('anthropic.claude-opus-9-20260303-v1:0', catalog)?.id).toBe(
    'claude-opus-9-20260303-v1',
  )
})

test('what was told wins over what is known of old', () => {
  const retires_at = '2099-01-01T00:00:00Z'
  const catalog = catalogOf([{ id: 'claude-3-opus-20240229', lifecycle: 'deprecated', retires_at }])
  expect(judge('claude-3-opus-20240229', catalog)).toMatchObject({
    status: 'deprecated',
    retires_at,
  })
  expect(judge('anthropic.claude-3-opus-20240229-v1:0', catalog)?.retires_at).toBe(retires_at)
})

test('a name that looks like another’s is Anthropic’s where Anthropic has it', () => {
  const catalog = catalogOf([{ id: 'claude-opus-9.5' }], {
    'claude-opus-9-fast': 'claude-opus-9.5',
  })
  for (const text of ['claude-opus-9.5', 'claude-opus-9-fast']) {
    expect(judge(text, catalog)).toMatchObject({ platform: 'anthropic', status: 'active' })
  }
  expect(judge('anthropic/claude-opus-9.5', catalog)?.platform).toBe('openrouter')
})
