import { DatabaseSync } from 'node:sqlite'
import type { Storage } from '../../src/keeper/storage.ts'

/** The storage of a Durable Object, in this process: the same SQL, whole or not at all. */
export function sqliteStorage(): Storage {
  const database = new DatabaseSync(':memory:')
  return {
    sql: {
      exec(query, ...bindings) {
        const rows = database.prepare(query).all(...(bindings as (string | number | null)[]))
        return { toArray: () => rows as ReturnType<ReturnType<Storage['sql']['exec']>['toArray']> }
      },
    },
    transactionSync(work) {
      database.exec('BEGIN')
      try {
        const result = work()
        database.exec('COMMIT')
        return result
      } catch (error) {
        database.exec('ROLLBACK')
        throw error
      }
    },
  }
}
