import { expect, test } from 'vitest'
import { sqliteStorage } from '../../test/world/sqlite.ts'
import { openTables, SCHEMA } from './tables.ts'

test('tables are made once, and whoever opens them again finds what they hold', () => {
  const storage = sqliteStorage()
  const names = (): unknown => storage.sql.exec(`SELECT name, sql FROM sqlite_master`).toArray()
  expect(openTables(storage)).toBe('ours')
  const made = names()
  storage.sql.exec(`UPDATE keeper SET revision = 7`)
  expect(openTables(storage)).toBe('ours')
  expect(names()).toEqual(made)
  expect(storage.sql.exec(`SELECT number FROM schema`).toArray()).toEqual([{ number: SCHEMA }])
  expect(storage.sql.exec(`SELECT revision FROM keeper`).toArray()).toEqual([{ revision: 7 }])
})

test.each([
  [SCHEMA - 1, 'ours'],
  [SCHEMA, 'ours'],
  [SCHEMA + 1, 'later'],
])('tables of schema %d are %s', (number, ownership) => {
  const storage = sqliteStorage()
  openTables(storage)
  storage.sql.exec(`UPDATE schema SET number = ?`, number)
  expect(openTables(storage)).toBe(ownership)
})

test('tables are made whole, or not at all', () => {
  const storage = sqliteStorage()
  const { sql } = storage
  const exec: typeof sql.exec = (query, ...bindings) => {
    if (query.startsWith('CREATE TABLE changes')) throw new Error('the disk is full')
    return sql.exec(query, ...bindings)
  }
  expect(() => openTables({ ...storage, sql: { exec } })).toThrow('the disk is full')
  expect(sql.exec(`SELECT name FROM sqlite_master`).toArray()).toEqual([])
  expect(openTables(storage)).toBe('ours')
})
