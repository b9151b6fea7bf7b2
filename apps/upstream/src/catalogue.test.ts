import { expect, test } from 'vitest'
import { aliases, models } from './catalogue.ts'

test('the models have ids of their own, newest first', () => {
  expect(new Set(models.map(({ id }) => id)).size).toBe(models.length)
  const dates = models.map(({ created_at }) => created_at)
  expect(dates).toEqual(dates.toSorted().toReversed())
})

test.each(models)('$id has the dates of a model that is $lifecycle', (model) => {
  const { created_at, deprecated_at, lifecycle, retires_at } = model
  if (lifecycle === 'active') return expect([deprecated_at, retires_at]).toEqual([null, null])
  const times = [created_at, deprecated_at, retires_at].map((date) => Date.parse(date ?? ''))
  expect(times).toEqual(times.toSorted((one, other) => one - other))
  // The day of the recording.
  expect((retires_at ?? '') < '2026-11-20').toBe(lifecycle === 'retired')
})

test.each([...aliases])('%s is the name of a dated id, %s', (alias, id) => {
  expect(id.replace(/-\d{8}$/, '')).toBe(alias)
  expect(models).toContainEqual(expect.objectContaining({ id }))
})
