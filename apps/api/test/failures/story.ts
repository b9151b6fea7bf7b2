import { expect } from 'vitest'
import { MINUTE, type Places } from './places.ts'

/** A page of models or changes, as far as these tests look at it. */
export interface Listed {
  readonly data: readonly {
    readonly id: string
    readonly model_id: string
    readonly change: string
    readonly at: string
  }[]
  readonly first_id: string | null
}

export function model(id: string, fields: object = {}): object {
  const created_at = '2026-01-01T00:00:00Z'
  return { type: 'model', id, display_name: id, created_at, lifecycle: 'active', ...fields }
}

const haiku = 'claude-haiku-4-5-20251001'

/** Thirteen models, one of them with an alias. */
export const thirteen = [
  ...Array.from({ length: 12 }, (_, index) => model(`claude-test-${index}`)),
  model(haiku),
]
export const aliases = { 'claude-haiku-4-5': haiku }

export async function listed(places: Places, path: string, place = 0): Promise<Listed> {
  const response = await places.fetch(path, place)
  expect(response.status).toBe(200)
  return (await response.json()) as Listed
}

/** Ticks at each minute from the next one on. */
export async function minutes(places: Places, count: number): Promise<void> {
  for (let minute = 0; minute < count; minute += 1) {
    places.now += MINUTE
    await places.tick()
  }
}

/** Lets a place see what KV has by now: the next answer is made of it. */
export async function look(places: Places, place = 0): Promise<void> {
  await (await places.fetch('/v1/models', place)).text()
  await places.quiet(place)
}
