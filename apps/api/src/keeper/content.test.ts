import { expect, test } from 'vitest'
import { modelOf, NOW, START, startPlus } from '../../test/world/snapshots.ts'
import { SOURCE, Tables, visibilityOf } from '../../test/world/tables.ts'
import { decode } from '../snapshot/coding.ts'
import { snapshotText } from './content.ts'

test.each([
  ['', ['a is m', 'z is n']],
  ['a', ['z is n']],
  ['n', ['a is m']],
])('aliases are served that stand for a model and are none, where %j is hidden', (hidden, told) => {
  const tables = new Tables()
  tables.commit('m n')
  const found = { z: 'n', a: 'm', nothing: null, gone: 'gone', n: 'm' }
  for (const [alias, model] of Object.entries(found)) {
    tables.storage.sql.exec('INSERT INTO aliases VALUES (1, ?, ?, 0, NULL)', alias, model)
  }
  expect(tables.shown(hidden).aliases.map(({ alias, id }) => `${alias} is ${id}`)).toEqual(told)
})

test('a snapshot tells of the catalog, of the Keeper, and when it was written', () => {
  const tables = new Tables()
  const { isHidden } = visibilityOf()
  expect(snapshotText(tables.rows, isHidden, NOW)).toBeUndefined()
  tables.commit('m', { began: NOW - 1000 })
  tables.fail('empty', NOW + 5)
  expect(decode(snapshotText(tables.rows, isHidden, NOW + 10) ?? '')).toMatchObject({
    kind: 'snapshot',
    snapshot: {
      revision: NOW + 5,
      source: SOURCE,
      written_at: startPlus(10),
      synced_at: startPlus(-1000),
      changed_at: START,
      failure: { reason: 'empty', failures: 1 },
      models: [modelOf('m')],
      changes: [{ model_id: 'm' }],
    },
  })
})
