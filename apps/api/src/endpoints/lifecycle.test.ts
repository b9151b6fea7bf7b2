import { readLifecycle, standingOf } from '@models-edge/core'
import { expect, test } from 'vitest'
import { bodyOf } from '../../test/world/body.ts'
import { changeAt, modelInfo, NOW, START, startPlus, viewOf } from '../../test/world/snapshots.ts'
import { modelOf, snapshotOf } from '../../test/world/snapshots.ts'
import { View } from '../memory/view.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import { lifecycleAnswer } from './lifecycle.ts'

const lives = {
  line: 'opus',
  lifecycle: 'deprecated',
  deprecated_at: START,
  retires_at: startPlus(86_400_000),
}
const gone = modelInfo('gone', { line: 'opus', max_tokens: 5 })

const parts = {
  models: [modelOf('b-1', { ...lives, max_tokens: 5 }), modelOf('a')],
  aliases: [{ alias: 'b', id: 'b-1' }],
  past_names: [
    { name: 'a-old', id: 'a', since: START },
    { name: 'gone', id: 'gone', since: START, json: JSON.stringify(gone) },
    { name: '__proto__', id: 'a', since: START },
    // It is in use again.
    { name: 'a', id: 'b-1', since: START },
  ],
} satisfies Partial<Snapshot>

test('every model is in it with its dates, every alias, and what was one', () => {
  const created_at = '2026-01-01T00:00:00Z'
  const [b, a, was] = ['b-1', 'a', 'gone'].map((id) => {
    return { id, display_name: `Model ${id}`, created_at }
  })
  const body = bodyOf(lifecycleAnswer(viewOf(parts))) as object
  expect(JSON.stringify(body)).toBe(
    JSON.stringify({
      type: 'lifecycle',
      models: [{ ...b, ...lives }, a, { ...was, line: 'opus', removed_at: START }],
      aliases: { b: 'b-1' },
      past_aliases: JSON.parse('{"a-old":"a","__proto__":"a"}') as object,
      past_aliases_since: JSON.parse(`{"a-old":"${START}","__proto__":"${START}"}`) as object,
    }),
  )
})

test('core reads it, and says of every name what it is', async () => {
  const document = await readLifecycle(lifecycleAnswer(viewOf(parts)).response())
  const kinds = ['b-1', 'a', 'b', 'a-old', '__proto__', 'gone', 'b_1'].map((name) => {
    const standing = standingOf(document, name, NOW)
    return standing.kind === 'unknown' ? standing.nearest : [standing.kind, standing.status]
  })
  expect(kinds).toEqual([
    ['id', 'deprecated'],
    ['id', 'active'],
    ['alias', 'deprecated'],
    ['past_alias', 'active'],
    ['past_alias', 'active'],
    ['id', 'removed'],
    ['b-1', 'b', 'a'],
  ])
})

test('its tag and its bytes change with what is in it, and with nothing else', () => {
  const answers = [
    {},
    {
      revision: 99,
      synced_at: startPlus(5),
      changes: [changeAt(1, 'a')],
      changed_at: startPlus(5),
    },
    { models: [modelOf('b-1', lives), modelOf('a', { max_tokens: 9 })] },
    { past_names: parts.past_names.slice(1) },
    { models: [modelOf('b-1', lives), modelOf('a', { lifecycle: 'retired' })] },
    { aliases: [] },
  ].map((more) => lifecycleAnswer(viewOf({ ...parts, ...more })))
  const seen = answers.map(({ body, validators }) => [body, validators?.etag].join())
  expect(seen[1]).toBe(seen[0])
  expect(seen[2]).toBe(seen[0])
  expect(new Set(seen.slice(2)).size).toBe(4)
  expect(answers[0]?.validators?.etag).toMatch(/^"1-[0-9a-f]{16}"$/)
})

test.each(['b', 'b-1', 'a-old', 'gone', 'a'])('what is hidden leaves no trace: %s', (hidden) => {
  const view = new View(snapshotOf(parts), (name) => name === hidden, NOW)
  expect(lifecycleAnswer(view).body).not.toContain(`"${hidden}"`)
})
