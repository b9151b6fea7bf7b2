import { describe, expect, test } from 'vitest'
import { DOCUMENT, HISTORY, LIVE, NOW } from '../test/models.ts'
import { Catalog } from './catalog.ts'
import { checkText } from './check-text.ts'

describe('what a name stands for, where the models were asked for', () => {
  test.each<[string, object]>([
    ['claude-opus-5-5', { status: 'active', successor: null, retires_at: null }],
    ['claude-opus-4-5', { status: 'active', id: 'claude-opus-4-5-20251101' }],
    ['claude-zephyr-1', { status: 'active' }],
    [
      'claude-sonnet-4-5',
      {
        id: 'claude-sonnet-4-5-20250929',
        status: 'deprecated',
        days_left: 10,
        retires_at: '2026-11-30T00:00:00Z',
        successor: 'claude-sonnet-5-5',
      },
    ],
    ['claude-haiku-4-5-20251001', { status: 'deprecated', days_left: null, retires_at: null }],
    ['claude-sonnet-4-6', { status: 'overdue', retires_at: '2026-11-10T00:00:00Z' }],
    ['claude-opus-4-1-20250805[1m]', { status: 'retired', successor: 'claude-opus-5-5' }],
    ['claude-mythos-1', { status: 'retired', retires_at: '2026-11-01T00:00:00Z', successor: null }],
    // A name that resolves no more fails, whatever becomes of the model.
    ['claude-opus-4-1', { status: 'retired', id: 'claude-opus-4-1-20250805' }],
    [
      'claude-opus-4-8-preview',
      { status: 'retired', retires_at: '2026-07-01T00:00:00.000Z', successor: 'claude-opus-4-8' },
    ],
    ['claude-opus-4-7-preview', { status: 'other-platform', id: 'claude-opus-4-7' }],
    // What was never told is known of old.
    ['claude-3-opus-20240229', { status: 'retired', retires_at: '2026-01-05T00:00:00Z' }],
    ['claude-3-opus-latest', { status: 'retired', id: 'claude-3-opus-20240229' }],
    ['claude-2.1', { status: 'retired', successor: null }],
    ['claude-opus-4-5-20250220', { status: 'unknown', nearest: ['claude-opus-4-5-20251101'] }],
    ['claude-haiku-3-5-20241022', { status: 'unknown', nearest: ['claude-3-5-haiku-20241022'] }],
    ['claude-mythos-1-20260101', { status: 'unknown', nearest: [] }],
    ['claude-opus-9', { status: 'unknown' }],
    [
      'us.anthropic.claude-opus-4-1-20250805-v1:0',
      {
        platform: 'bedrock',
        status: 'other-platform',
        id: 'claude-opus-4-1-20250805',
        retires_at: '2026-08-05T00:00:00Z',
        page: expect.stringContaining('aws.amazon.com'),
      },
    ],
    [
      'anthropic/claude-opus-4.8',
      { platform: 'openrouter', id: 'claude-opus-4-8', retires_at: null },
    ],
    ['claude-3-5-sonnet-v2@20241022', { platform: 'vertex', id: 'claude-3-5-sonnet-20241022' }],
    [
      'anthropic--claude-4-sonnet',
      { platform: 'other', id: 'claude-sonnet-4-20250514', page: null },
    ],
    ['anthropic.claude-v2:1', { platform: 'bedrock', id: 'claude-2.1' }],
    ['claude-opus-9@20990101', { platform: 'vertex', id: 'claude-opus-9', retires_at: null }],
  ])('%s', (text, expected) => {
    const [finding, ...others] = checkText(`x = "${text}"`, LIVE, { path: 'a.ts', now: NOW })
    expect(others).toEqual([])
    expect(finding).toMatchObject({
      path: 'a.ts',
      line: 1,
      column: 6,
      cell: null,
      text,
      ...expected,
    })
  })
})

test.each([
  [{ lifecycle: 'paused' }, { status: 'unchecked' }],
  [
    { lifecycle: 'deprecated', retires_at: 'soon' },
    { status: 'deprecated', retires_at: null },
  ],
  [
    { lifecycle: 'retired', retires_at: '' },
    { status: 'retired', retires_at: null },
  ],
])('what the API may say one day is no typing error: %j', (said, expected) => {
  const origin = { source: 'live', from: null, synced_at: null } as const
  const models = [{ id: 'claude-opus-9', display_name: '', created_at: '', ...said }]
  const catalog = new Catalog(origin, { models, aliases: {} })
  expect(checkText('claude-opus-9', catalog, { now: NOW })).toMatchObject([expected])
})

test('a word that is no line of the models is no id', () => {
  expect(checkText('claude-plugin-2 claude-code-1 claude-2-notes', LIVE)).toEqual([])
})

describe('where nobody was asked', () => {
  test.each([
    ['claude-3-opus-20240229', 'retired'],
    ['claude-sonnet-4-0', 'retired'],
    ['claude-opus-5-5', 'unchecked'],
    ['claude-opus-4-5-20250220', 'unchecked'],
    ['anthropic.claude-opus-5-5', 'other-platform'],
  ])('%s is %s', (text, status) => {
    expect(checkText(text, HISTORY)).toMatchObject([{ status, nearest: [] }])
  })
})

test('the spelling of a text can be another platform’s than it seems', () => {
  const found = checkText('claude-opus-5-5 us.anthropic.claude-opus-5-5', LIVE, {
    platform: 'vertex',
  })
  expect(found.map(({ platform }) => platform)).toEqual(['vertex', 'bedrock'])
})

test('comments ignore, and a notebook’s cells are named by its path', () => {
  expect(checkText('claude-2.1 # models-check: ignore', LIVE)).toEqual([])
  const notebook = '{"cells":[{"source":["claude-2.1"]}]}'
  expect(checkText(notebook, LIVE, { path: 'a.ipynb' })).toMatchObject([{ cell: 1 }])
  expect(checkText(notebook, LIVE, { path: 'a.json' })).toMatchObject([{ cell: null }])
})

test('a line that the API does not say is known of old, and all else is as it says', () => {
  const origin = { source: 'live', from: null, synced_at: null } as const
  const models = DOCUMENT.models.map((model) => ({ ...model, line: null }))
  const newest = { ...models[2]!, line: 'opus' }
  const catalog = new Catalog(origin, { ...DOCUMENT, models: [newest, ...models] })
  const [found, ...others] = checkText('claude-opus-4-1-20250805', catalog, { now: NOW })
  expect(found).toMatchObject({ successor: newest.id, retires_at: '2026-08-05T00:00:00Z' })
  expect(others).toEqual([])
})

test('what would change is told of two models that are known', () => {
  expect(
    LIVE.compare('claude-opus-4-1-20250805', 'claude-opus-5-5')?.limits.max_input_tokens,
  ).toEqual({
    from: 200_000,
    to: 1_000_000,
    change: 'higher',
  })
  expect(LIVE.compare('claude-3-opus-20240229', 'claude-opus-5-5')).toBeUndefined()
  expect(LIVE.compare('claude-opus-5-5', 'claude-opus-5-5')).toBeUndefined()
})
