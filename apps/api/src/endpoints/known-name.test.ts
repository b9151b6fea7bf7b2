import { expect, test } from 'vitest'
import { modelOf, START, startPlus, viewOf } from '../../test/world/snapshots.ts'
import { knownName } from './known-name.ts'

const [listed, gone] = [modelOf('listed'), modelOf('gone')]
const view = viewOf({
  models: [listed],
  aliases: [{ alias: 'alias', id: 'listed' }],
  past_names: [
    { name: 'gone', id: 'gone', since: START, json: gone.json },
    { name: 'was', id: 'listed', since: START },
    { name: 'was-gone', id: 'gone', since: startPlus(-1000) },
    { name: 'was-nobody', id: 'nobody', since: START },
    { name: 'circle', id: 'circle', since: START },
  ],
})

test.each([
  ['listed', { id: 'listed', json: listed.json }],
  ['alias', { id: 'listed', json: listed.json }],
  ['was', { id: 'listed', json: listed.json, since: START }],
  ['gone', { id: 'gone', json: gone.json, removedAt: START }],
  ['was-gone', { id: 'gone', json: gone.json, since: startPlus(-1000), removedAt: START }],
  ['was-nobody', undefined],
  ['circle', undefined],
  ['nobody', undefined],
])('%s is %j', (name, expected) => {
  expect(knownName(view, name)).toEqual(expected)
})
