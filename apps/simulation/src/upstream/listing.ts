import { Random } from '../random.ts'
import type { Weather } from '../weather/weather.ts'
import type { Truth } from './truth.ts'
import { of } from './refusals.ts'

type Models = readonly (readonly [id: string, json: string])[]

/** Two numbers of chance, from 0 to 1: all that differs between two answers in the same weather. */
export interface Dice {
  readonly one: number
  readonly other: number
}

/** The models that upstream would list now: all of them, but for what is wrong with it. */
export function listed(truth: Truth, weather: Weather, now: number, { one, other }: Dice): Models {
  const stale = weather.now('upstream stale')
  const isOld = stale && one < 0.1 + stale.strength * 0.5
  let models: Models = [...truth.at(now - (isOld ? other * 3_600_000 : 0)).models]
  if (weather.now('upstream empty')) models = []
  const short = weather.now('upstream short')
  if (short && one < short.strength) {
    models = models.filter(([id]) => new Random(id, Math.floor(other * 10)).chance(0.7))
  }
  if (weather.now('upstream order')) models = models.map(([id, json]) => [id, turned(json, one)])
  const later = weather.now('upstream later')
  return later ? models.map(([id, json]) => [id, ofLaterVersion(json, later.strength)]) : models
}

export interface Page {
  readonly models: Models
  readonly has_more: boolean
  readonly last_id: string | null
  /** Whether it leads where no reader should go. */
  readonly isOdd: boolean
}

const SMALLEST = 6
const MOST_MORE = 20

/** The page behind a cursor; undefined where that names no model. */
export function pageOf(models: Models, after: string | null, weather: Weather): Page | undefined {
  const start = after === null ? 0 : 1 + models.findIndex(([id]) => id === after)
  if (after !== null && start === 0) return undefined
  const paged = weather.now('upstream pages')
  const size = paged ? SMALLEST + Math.floor(paged.strength * MOST_MORE) : models.length
  const page = models.slice(start, start + size)
  const more = { has_more: start + size < models.length, last_id: page.at(-1)?.[0] ?? null }
  const lost = weather.now('upstream lost')
  if (!lost) return { models: page, ...more, isOdd: false }
  const odd: Partial<Page> = of(
    [
      { has_more: true, last_id: models[0]?.[0] ?? null },
      { has_more: true, last_id: after },
      { has_more: true, last_id: null },
      { models: [...page.slice(0, 1), ...page] },
    ],
    lost.strength,
  )
  return { models: page, ...more, ...odd, isOdd: true }
}

/** The same value, its keys in another order. */
function turned(text: string, dice: number): string {
  const entries = Object.entries(JSON.parse(text) as object)
  const at = Math.floor(dice * entries.length)
  return JSON.stringify(Object.fromEntries([...entries.slice(at), ...entries.slice(0, at)]))
}

/** As a later version of the API may have it: with a field that nobody knows yet. */
function ofLaterVersion(text: string, strength: number): string {
  const future = strength < 0.5 ? { modes: ['a', 1, null] } : 'unheard'
  return JSON.stringify({ ...(JSON.parse(text) as object), future })
}
