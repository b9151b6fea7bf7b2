import { expect, test } from 'vitest'
import { bodyOf } from '../../test/world/body.ts'
import { modelOf, NOW, START, startPlus, viewOf } from '../../test/world/snapshots.ts'
import type { ModelInfo } from '@models-edge/core'
import { badgeAnswer } from './badge.ts'

const DAY_MS = 86_400_000

function due(days: number): Partial<ModelInfo> {
  return { lifecycle: 'deprecated', retires_at: startPlus(days * DAY_MS) }
}

const gone = modelOf('gone')

test.each<[string, string, string, Partial<ModelInfo>]>([
  ['active', 'brightgreen', 'm', {}],
  ['active', 'brightgreen', 'alias', {}],
  ['retires: 60 days left', 'yellow', 'm', due(60)],
  ['retires: 31 days left', 'yellow', 'm', due(30.1)],
  ['retires: 30 days left', 'orange', 'm', due(30)],
  ['retires: 8 days left', 'orange', 'm', due(7.1)],
  ['retires: 7 days left', 'red', 'm', due(7)],
  ['retires: 1 day left', 'red', 'm', due(0.1)],
  ['overdue', 'red', 'm', due(0)],
  ['deprecated', 'yellow', 'm', { lifecycle: 'deprecated' }],
  ['retired', 'red', 'm', { lifecycle: 'retired' }],
  ['unknown lifecycle', 'lightgrey', 'm', { lifecycle: 'dormant' }],
])('%s is %s: %s', async (message, color, name, more) => {
  const view = viewOf({ models: [modelOf('m', more)], aliases: [{ alias: 'alias', id: 'm' }] })
  const expected = { schemaVersion: 1, label: 'Model m', message, color, cacheSeconds: 3600 }
  expect(bodyOf(await badgeAnswer(view, name))).toEqual(expected)
})

test.each([
  ['was', 'was', 'stands for nothing any more', 'red'],
  ['gone', 'Model gone', 'no longer listed', 'red'],
  ['late', 'Model late', 'no longer listed', 'red'],
  ['nobody', 'nobody', 'unknown model', 'lightgrey'],
  ['%22%3C%0Aü', '"<\nü', 'unknown model', 'lightgrey'],
])('%s has a badge, too, and no error', async (name, label, message, color) => {
  const past_names = [
    { name: 'was', id: 'm', since: START },
    { name: 'gone', id: 'gone', since: START, json: gone.json },
    { name: 'late', id: 'late', since: START, json: modelOf('late', due(60)).json },
  ]
  const answer = await badgeAnswer(viewOf({ models: [modelOf('m')], past_names }), name)
  expect(answer.status).toBe(200)
  expect(bodyOf(answer)).toMatchObject({ label, message, color })
})

test('what is no name is refused', () => {
  expect(() => badgeAnswer(viewOf(), '%zz')).toThrow('id: Input should be percent-encoded UTF-8')
})

test('today is the day of the sync, whose date says nothing of how long it holds', async () => {
  const models = [modelOf('m', due(60))]
  const answers = [0, 1, 2].map((days) =>
    badgeAnswer(viewOf({ models, synced_at: startPlus(days * DAY_MS) }, NOW), 'm'),
  )
  const tags = (await Promise.all(answers)).map(({ headers }) => headers.get('etag'))
  expect(new Set(tags).size).toBe(3)
  for (const { headers } of await Promise.all(answers)) {
    expect(headers.has('last-modified')).toBe(false)
  }
})
