import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { composeKeeper } from '@models-edge/api/compose'

export type Storage = Parameters<typeof composeKeeper>[1]
type Result = ReturnType<ReturnType<Storage['sql']['exec']>['toArray']>

/**
 * The SQLite of one Durable Object. What was written is safe once it was flushed; what was not is gone
 * when the object dies, and nobody outside has heard of it by then: that is what the gate is for.
 */
export class Disk {
  readonly #database = new DatabaseSync(':memory:')
  readonly #statements = new Map<string, StatementSync>()
  #open = false
  /** Whether writes are refused, as when the rows of a day are used up. */
  refuses = false

  /** Whether something was written that is not safe yet. */
  get isDirty(): boolean {
    return this.#open
  }

  /** Rows that were written, changed or deleted. */
  get rows(): number {
    return Number(this.read('SELECT total_changes() AS rows')[0]?.['rows'])
  }

  flush(): void {
    if (this.#open) this.#database.exec('COMMIT')
    this.#open = false
  }

  lose(): void {
    if (this.#open) this.#database.exec('ROLLBACK')
    this.#open = false
  }

  close(): void {
    this.lose()
    this.#database.close()
  }

  read(query: string, ...bindings: readonly (string | number | null)[]): Result {
    return this.#statement(query).all(...bindings) as Result
  }

  /** What other code than this one writes. */
  change(query: string, ...bindings: readonly (string | number | null)[]): void {
    this.flush()
    this.#statement(query).all(...bindings)
  }

  /** The storage as one object sees it, for as long as it lives. */
  storageFor(life: { readonly alive: boolean }): Storage {
    const live = (): void => {
      if (!life.alive) throw new Error('a dead object has used its storage')
    }
    return {
      sql: {
        exec: (query, ...bindings) => {
          live()
          if (!query.startsWith('SELECT')) this.#begin()
          const values = bindings.map((value) =>
            value instanceof ArrayBuffer ? new Uint8Array(value) : value,
          )
          const rows = this.#statement(query).all(...values) as Result
          return { toArray: () => rows }
        },
      },
      transactionSync: (work) => {
        live()
        const wasOpen = this.#open
        if (!wasOpen) this.#database.exec('BEGIN')
        this.#open = true
        this.#database.exec('SAVEPOINT work')
        try {
          const result = work()
          this.#database.exec('RELEASE work')
          return result
        } catch (error) {
          this.#database.exec('ROLLBACK TO work')
          this.#database.exec('RELEASE work')
          throw error
        }
      },
    }
  }

  #begin(): void {
    if (this.refuses) throw new Error('Exceeded allowed rows written in Durable Objects free tier')
    if (!this.#open) this.#database.exec('BEGIN')
    this.#open = true
  }

  #statement(query: string): StatementSync {
    const known = this.#statements.get(query)
    if (known) return known
    const made = this.#database.prepare(query)
    this.#statements.set(query, made)
    return made
  }
}
