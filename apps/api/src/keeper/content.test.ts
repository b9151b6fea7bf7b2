import { expect, test } from 'vitest'
import { Tables } from '../../test/world/tables.ts'

test.each([
  ['', ['a is m', 'z is n']],
  ['a', ['z is n']],
  ['n', ['a is m']],
])(
  'aliases are served that stand for a model and are none, where %j is hidden',
  (hidden, expected) => {
    const tables = new Tables()
    tables.commit('m n')
    const found = { z: 'n', a: 'm', nothing: null, gone: 'gone', n: 'm' }
    for (const [alias, model] of Object.entries(found)) {
      tables.storage.sql.exec('INSERT INTO aliases VALUES (1, ?, ?, 0, NULL)', alias, model)
    }
    expect(tables.shown(hidden).aliases.map(({ alias, id }) => `${alias} is ${id}`)).toEqual(
      expected,
    )
  },
)
