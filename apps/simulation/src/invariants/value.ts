const known = new Map<string, string>()

/** One text for each value, however its keys are ordered. */
export function valueOf(json: string): string {
  let value = known.get(json)
  if (value === undefined) {
    value = JSON.stringify(ordered(JSON.parse(json)))
    if (known.size > 5000) known.clear()
    known.set(json, value)
  }
  return value
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(entries.map(([name, part]) => [name, ordered(part)]))
}

/** The values of models by their ids. */
export type Values = ReadonlyMap<string, string>

export function valuesOf(models: Iterable<readonly [id: string, json: string]>): Values {
  return new Map([...models].map(([id, json]) => [id, valueOf(json)]))
}
