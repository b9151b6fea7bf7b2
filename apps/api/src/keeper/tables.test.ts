import { expect, test } from 'vitest'
import { sqliteStorage } from '../../test/world/sqlite.ts'
import { Rows } from './rows.ts'
import type { Storage } from './storage.ts'
import { openTables } from './tables.ts'

test('tables are made whole, or not at all: whatever statement fails, none is left', () => {
  const storage = sqliteStorage()
  let isMade = false
  for (let statement = 0; !isMade; statement += 1) {
    let count = 0
    const exec: Storage['sql']['exec'] = (query, ...bindings) => {
      if (count === statement) throw new Error('disk error')
      count += 1
      return storage.sql.exec(query, ...bindings)
    }
    try {
      openTables({ ...storage, sql: { exec } })
      isMade = true
    } catch {
      const left = storage.sql.exec('SELECT name FROM sqlite_master').toArray()
      expect(left, `after statement ${statement}`).toEqual([])
    }
  }
  expect(new Rows(storage).keeper()).toMatchObject({ revision: 0, catalog: null })
  // The second time they are only looked at.
  expect(openTables(storage)).toBe('ours')
  expect(storage.sql.exec('SELECT * FROM schema').toArray()).toHaveLength(1)
})
