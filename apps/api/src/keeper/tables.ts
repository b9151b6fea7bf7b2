import type { Storage } from './storage.ts'

/** The tables are described in SCHEMA.md. Another number there is another number here. */
export const SCHEMA = 1

const statements = [
  `CREATE TABLE schema (number INTEGER NOT NULL)`,
  `INSERT INTO schema VALUES (${SCHEMA})`,
  `CREATE TABLE keeper (
     one INTEGER PRIMARY KEY CHECK (one = 1), revision INTEGER NOT NULL, catalog INTEGER,
     began_at INTEGER, failure TEXT, candidate TEXT)`,
  `INSERT INTO keeper VALUES (1, 0, NULL, NULL, NULL, NULL)`,
  `CREATE TABLE publication (
     one INTEGER PRIMARY KEY CHECK (one = 1), tag TEXT, failing TEXT, put_at INTEGER,
     tried_at INTEGER, failures INTEGER NOT NULL, day INTEGER, extra INTEGER NOT NULL)`,
  `INSERT INTO publication VALUES (1, NULL, NULL, NULL, NULL, 0, NULL, 0)`,
  `CREATE TABLE provisional (one INTEGER PRIMARY KEY CHECK (one = 1), text TEXT NOT NULL)`,
  `CREATE TABLE catalogs (
     id INTEGER PRIMARY KEY, base_url TEXT NOT NULL, key TEXT NOT NULL, synced_at INTEGER NOT NULL,
     changed_at INTEGER NOT NULL, complete_from INTEGER NOT NULL, hidden TEXT NOT NULL,
     tag TEXT NOT NULL, doubts TEXT NOT NULL)`,
  `CREATE TABLE models (
     catalog INTEGER, id TEXT, place INTEGER NOT NULL, json TEXT NOT NULL,
     PRIMARY KEY (catalog, id)) WITHOUT ROWID`,
  `CREATE TABLE aliases (
     catalog INTEGER, alias TEXT, model TEXT, asked_at INTEGER NOT NULL, doubt TEXT,
     PRIMARY KEY (catalog, alias)) WITHOUT ROWID`,
  `CREATE TABLE changes (
     catalog INTEGER, place INTEGER, kind TEXT NOT NULL, model_id TEXT NOT NULL, json TEXT NOT NULL,
     PRIMARY KEY (catalog, place)) WITHOUT ROWID`,
]

/** Whether the tables are this code's to write: later code may have made them otherwise. */
export type Ownership = 'ours' | 'later'

/** Came later. Earlier code does not know it, and leaves it as it is. */
const seen = `CREATE TABLE seen (
  one INTEGER PRIMARY KEY CHECK (one = 1), mark TEXT NOT NULL, synced_at INTEGER NOT NULL,
  models INTEGER NOT NULL, aliases_at INTEGER NOT NULL)`

/** Came later still. `json` is a model's text, and empty for an alias. */
const pastNames = `CREATE TABLE past_names (
  catalog INTEGER, name TEXT, model TEXT NOT NULL, since INTEGER NOT NULL, json TEXT NOT NULL,
  PRIMARY KEY (catalog, name)) WITHOUT ROWID`

/** Makes the tables that are not there. */
export function openTables(storage: Storage): Ownership {
  return storage.transactionSync(() => {
    const { sql } = storage
    const query = `SELECT name FROM sqlite_master WHERE name IN ('schema', 'seen', 'past_names')`
    const made = new Set(
      sql
        .exec(query)
        .toArray()
        .map(({ name }) => name),
    )
    if (!made.has('schema')) for (const statement of statements) sql.exec(statement)
    const [row] = sql.exec(`SELECT number FROM schema`).toArray()
    if (Number(row?.['number']) > SCHEMA) return 'later'
    if (!made.has('seen')) sql.exec(seen)
    if (!made.has('past_names')) sql.exec(pastNames)
    return 'ours'
  })
}
