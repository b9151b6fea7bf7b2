import { describe, expect, test } from 'vitest'
import { aliases, models } from './catalogue.ts'

function find(id: string): object | undefined {
  return models.find((model) => model.id === id)
}

// What is known of Anthropic's models, written out, so that a slip in the catalogue does not go unseen.

describe('the catalogue tells which models are going or gone', () => {
  const known = [
    ['claude-sonnet-4-5-20250929', 'deprecated', '2026-09-30', '2026-11-30'],
    ['claude-opus-4-1-20250805', 'retired', '2026-06-05', '2026-08-05'],
    ['claude-opus-4-20250514', 'retired', '2026-04-14', '2026-06-15'],
    ['claude-sonnet-4-20250514', 'retired', '2026-04-14', '2026-06-15'],
    ['claude-3-7-sonnet-20250219', 'retired', '2025-10-28', '2026-02-19'],
    ['claude-3-5-haiku-20241022', 'retired', '2025-12-19', '2026-02-19'],
    ['claude-3-haiku-20240307', 'retired', '2026-02-19', '2026-04-20'],
  ] as const

  test.each(known)('%s is %s: since %s, until %s', (id, lifecycle, deprecated, retires) => {
    expect(find(id)).toMatchObject({
      lifecycle,
      deprecated_at: `${deprecated}T00:00:00Z`,
      retires_at: `${retires}T00:00:00Z`,
    })
  })

  test('and all others are active, without a date', () => {
    const going = models.filter(({ lifecycle }) => lifecycle !== 'active').map(({ id }) => id)
    expect(going).toEqual(known.map(([id]) => id))
    for (const { lifecycle, deprecated_at, retires_at } of models) {
      if (lifecycle === 'active') expect([deprecated_at, retires_at]).toEqual([null, null])
    }
  })
})

describe('the catalogue begins with the newest models', () => {
  test.each(
    [
      ['claude-haiku-5-5', '2026-10-07T18:00:00Z', 1_000_000, 128_000],
      ['claude-sonnet-5-5', '2026-09-28T00:00:00Z', 1_000_000, 128_000],
      ['claude-opus-5-5', '2026-09-21T16:24:00Z', 1_000_000, 128_000],
      ['claude-fable-5-1', '2026-08-28T00:00:00Z', 1_000_000, 128_000],
    ].map((row, place) => [place, ...row] as const),
  )('%i: %s of %s, %i in and %i out', (place, id, created_at, max_input_tokens, max_tokens) => {
    expect(models[place]).toMatchObject({
      id,
      created_at,
      max_input_tokens,
      max_tokens,
      lifecycle: 'active',
    })
  })
})

test('the catalogue knows the aliases of the dated ids of the 4.5 age, and no others', () => {
  expect(Object.fromEntries(aliases)).toEqual({
    'claude-opus-4-5': 'claude-opus-4-5-20251101',
    'claude-haiku-4-5': 'claude-haiku-4-5-20251001',
    'claude-sonnet-4-5': 'claude-sonnet-4-5-20250929',
  })
})
