import { expect } from 'vitest'

/** A model's text, with little more than its id. */
export function model(id: string): string {
  return JSON.stringify({ type: 'model', id, display_name: id, created_at: '2026-01-01T00:00:00Z' })
}

/** What is served in the end. A busy machine may be told before that there is nothing yet, and to ask again. */
export async function served(url: string): Promise<string> {
  for (;;) {
    const response = await fetch(url)
    const body = await response.text()
    if (response.status !== 503) {
      expect(response.status).toBe(200)
      return body
    }
    expect(response.headers.has('retry-after')).toBe(true)
  }
}
