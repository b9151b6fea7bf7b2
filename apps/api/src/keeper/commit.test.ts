import { expect, test } from 'vitest'
import { modelOf, modelsOf, NOW, startPlus } from '../../test/world/snapshots.ts'
import { Tables } from '../../test/world/tables.ts'

const MINUTE = 60_000

test('what is new is news at once, what is in doubt when it is believed', () => {
  const tables = new Tables()
  const sweep = (minute: number, models: Parameters<Tables['commit']>[0]): unknown => {
    const began = NOW + minute * MINUTE
    const { changes, doubted } = tables.commit(models, { began, now: began + 5000 })
    // When upstream was asked. In doubt, it has not said what is served.
    expect(tables.catalog.synced_at).toBe(doubted ? began - MINUTE : began)
    expect(tables.catalog.tag).toBe(tables.tagOfContent())
    return [changes, doubted]
  }
  expect(sweep(0, 'b a')).toEqual([2, 0])
  // Of what was there before, nothing is told as if it had just happened.
  expect(tables.shown().changes).toMatchObject([{ seeded: true }, { seeded: true }])
  expect(sweep(1, 'c b a')).toEqual([1, 0])
  const changed = modelOf('a', { max_tokens: 5 })
  expect(sweep(2, [modelOf('c'), changed])).toEqual([0, 2])
  expect(sweep(3, [modelOf('c'), changed])).toEqual([2, 0])
  const at = startPlus(3 * MINUTE + 5000)
  expect(tables.shown().changes.slice(0, 3)).toMatchObject([
    { change: 'changed', model_id: 'a', at, fields: ['max_tokens'] },
    { change: 'removed', model_id: 'b', at, model: { id: 'b' } },
    { change: 'released', model_id: 'c', at: startPlus(MINUTE + 5000), seeded: false },
  ])
})

test('another order, and another text of the same value, are another content without news', () => {
  const tables = new Tables()
  tables.commit('b a')
  const respelled = [...modelsOf('a b')].map((model) => ({
    ...model,
    json: JSON.stringify(JSON.parse(model.json), null, 1),
  }))
  for (const now of [NOW + MINUTE, NOW + 2 * MINUTE]) {
    expect(tables.commit(respelled, { now })).toEqual({ changes: 0, doubted: 0 })
  }
  expect(tables.shown().models).toEqual(respelled.map(({ json }) => json))
  expect(tables.catalog).toMatchObject({
    tag: tables.tagOfContent(),
    changed_at: NOW + 2 * MINUTE,
  })
})

test('what is written is what differs, and three rows that say when, how and what was read', () => {
  const tables = new Tables()
  const others = Array.from({ length: 20 }, (_, index) => `x${index}`).join(' ')
  const changed = [...modelsOf(others), modelOf('a', { max_tokens: 5 })]
  tables.commit(`${others} a`)
  const counts = [`${others} a`, changed, changed, [...changed, modelOf('b')]].map((models) => {
    const before = tables.written
    tables.commit(models)
    return tables.written - before
  })
  // A model that changes or comes has an event.
  expect(counts).toEqual([3, 3, 5, 5])
})

test('a hidden model is not kept; hidden later, it leaves with its history; shown, it is news', () => {
  const tables = new Tables()
  const hidden = 's'
  tables.commit('s', { hidden })
  tables.commit('s a', { hidden })
  const kept = [tables.dump('models'), tables.dump('changes'), tables.catalog.doubts]
  expect(JSON.stringify(kept)).not.toMatch(/"s"/)
  expect(tables.ids).toBe('a')

  const released = { change: 'released', model_id: 's', seeded: false }
  tables.commit('s a', { now: NOW + MINUTE })
  expect(tables.ids).toBe('s a')
  const [event] = tables.shown().changes
  expect(event).toMatchObject({ ...released, at: startPlus(MINUTE) })

  expect(tables.commit('s a', { now: NOW + 2 * MINUTE, hidden })).toMatchObject({ changes: 0 })
  expect(tables.ids).toBe('a')
  expect(tables.shown(hidden).changes.map(({ model_id }) => model_id)).toEqual(['a'])

  // Its events come back where they were, behind the one that it is there again.
  tables.commit('s a', { now: NOW + 3 * MINUTE })
  const events = tables.shown().changes.filter(({ model_id }) => model_id === 's')
  expect(events).toEqual([expect.objectContaining({ at: startPlus(3 * MINUTE) }), event])
})
