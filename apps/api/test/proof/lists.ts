/** A model as the API writes it, to the byte. */
function model(age: number): string {
  const day = String(28 - age).padStart(2, '0')
  return `{"type":"model","id":"k-${age}","display_name":"K ${age}","created_at":"2026-01-${day}T00:00:00Z","lifecycle":"active"}`
}

/** The models from that one on, newest first: `k-0` is the newest that there will ever be. */
function since(newest: number): readonly string[] {
  return Array.from({ length: 12 - newest }, (_, index) => model(newest + index))
}

/** Every list that the proof knows. Each later one has a model more, but for the last two. */
export const lists = {
  /** What KV held before what it holds. */
  older: since(3),
  kept: since(2),
  /** What upstream lists. */
  current: since(1),
  /** Less than half of any other. */
  small: since(8),
  /** Fields and values of a later version of the API. */
  novel: since(1).map((json) =>
    json.replace('"active"', '"dormant","price":{"input":0.30000000000000004},"x":[null,1e6]'),
  ),
} as const satisfies Readonly<Record<string, readonly string[]>>

export type ListName = keyof typeof lists

/** In every list. */
export const OLDEST = 'k-11'
