type Value = ArrayBuffer | string | number | null

/** The part of a Durable Object's storage that the Keeper needs: SQLite, and what happens whole or not at all. */
export interface Storage {
  readonly sql: {
    exec(query: string, ...bindings: Value[]): { toArray(): Record<string, Value>[] }
  }
  transactionSync<Result>(work: () => Result): Result
}
