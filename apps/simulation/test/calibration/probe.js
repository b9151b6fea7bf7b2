/**
 * A small object that does what the Keeper does: it reads, waits for the world, and writes. The same code
 * runs in workerd and in the simulated host.
 */
export function probeOf({ sql, transactionSync }, ask) {
  let calls = 0
  sql.exec('CREATE TABLE IF NOT EXISTS notes (number INTEGER PRIMARY KEY, text TEXT)')
  const write = (text) => sql.exec('INSERT INTO notes (text) VALUES (?)', text)
  const notes = () =>
    sql
      .exec('SELECT text FROM notes ORDER BY number')
      .toArray()
      .map(({ text }) => text)
      .join()
  return {
    async notes() {
      return notes()
    },
    /** How often this incarnation was called. */
    async calls() {
      calls += 1
      return String(calls)
    },
    async forget() {
      sql.exec('DELETE FROM notes')
      return 'forgotten'
    },
    async write(text) {
      write(text)
      return 'written'
    },
    /** Says what it knew before it waited, and writes after it. */
    async readAskWrite(text) {
      const before = notes()
      await ask('together')
      write(text)
      return `before: ${before}`
    },
    async writeAskWrite(text) {
      write(`${text} before`)
      await ask('never')
      write(`${text} after`)
      return 'written twice'
    },
    async writeAndThrow(text) {
      write(text)
      throw new Error('thrown on purpose')
    },
    /** One transaction that fails between two writes that stay. */
    async transaction() {
      write('before it')
      try {
        transactionSync(() => {
          write('inside')
          throw new Error('thrown on purpose')
        })
      } catch {
        write('after it')
      }
      return notes()
    },
    /** What it was told is safe, whoever asks for it. */
    async writeAsk(text) {
      write(text)
      await ask('at once')
      return 'written and asked'
    },
  }
}
