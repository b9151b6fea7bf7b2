/** SQLite takes no text of over 2 MB. What is not ASCII takes up to three bytes for a character. */
const MOST_CHARACTERS = 500_000

/**
 * Rows as JSON, in as few texts as SQLite takes: one statement writes all rows of a text (`json_each`). A
 * row is never cut: whoever gives one sees to it that it is short enough.
 */
export function* batches(rows: Iterable<readonly (number | string)[]>): Generator<string> {
  let batch: string[] = []
  let characters = 0
  for (const row of rows) {
    const text = JSON.stringify(row)
    if (batch.length > 0 && characters + text.length > MOST_CHARACTERS) {
      yield `[${batch.join()}]`
      batch = []
      characters = 0
    }
    batch.push(text)
    characters += text.length
  }
  if (batch.length > 0) yield `[${batch.join()}]`
}
