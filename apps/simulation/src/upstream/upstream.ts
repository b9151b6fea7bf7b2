import type { Outcome } from '../life.ts'
import { Random } from '../random.ts'
import type { World } from '../world.ts'
import { type Dice, listed, pageOf } from './listing.ts'
import { refusalIn } from './refusals.ts'
import type { Truth } from './truth.ts'

/** What upstream said, to whoever keeps count of it. */
export type Said =
  | { readonly what: 'list'; readonly models: ReadonlyMap<string, string> }
  | { readonly what: 'name'; readonly name: string; readonly id: string | null }
  | { readonly what: 'nothing of use' }

/** What it is asked for: a page of the list, or a model. */
type Asked = { readonly after: string | null } | { readonly name: string }

const LIST = '/v1/models'
export const UPSTREAM = 'https://upstream.test'
export const KEY = 'stand-in-key'

/** Anthropic's API, as the one who asks it meets it. */
export class Upstream {
  readonly #world: World
  readonly #truth: Truth
  readonly #random: Random
  /** The pages of a list that were read before this one. */
  #read = new Map<string, string>()

  constructor(world: World, truth: Truth) {
    this.#world = world
    this.#truth = truth
    this.#random = new Random(world.seed, 'upstream')
  }

  answer(request: Request): Outcome<Response> {
    const { weather, witness } = this.#world
    const asked = askedBy(request)
    const name = 'name' in asked ? asked.name : undefined
    const isFirst = 'after' in asked && asked.after === null
    witness.see({ kind: 'upstream asked', name, isSweep: isFirst })
    const random = this.#random
    const slow = weather.now('upstream slow')
    const ms = random.between(80, 900) + (slow ? random.next() * slow.strength * 12_000 : 0)
    // Drawn whether they are needed or not: what is asked for leaves the chance of the next one as it is.
    const dice = { one: random.next(), other: random.next() }
    if (isFirst) this.#read = new Map()
    if (weather.now('upstream hangs')) return this.#useless(name, 'never')
    const refusal = refusalIn(weather)
    if (refusal) return this.#useless(name, { ms, value: refusal })
    return 'name' in asked ? this.#model(asked.name, ms, dice) : this.#page(asked.after, ms, dice)
  }

  #useless(name: string | undefined, outcome: Outcome<Response>): Outcome<Response> {
    this.#world.witness.see({ kind: 'upstream says', name, said: { what: 'nothing of use' } })
    return outcome
  }

  #page(after: string | null, ms: number, dice: Dice): Outcome<Response> {
    const { scheduler, weather, witness } = this.#world
    const page = pageOf(listed(this.#truth, weather, scheduler.now, dice), after, weather)
    if (!page) return this.#useless(undefined, { ms, value: json(notFound(after ?? ''), 404) })
    const { has_more, isOdd, last_id, models } = page
    const first_id = models[0]?.[0] ?? null
    const rest = JSON.stringify({ has_more, first_id, last_id })
    const body = `{"data":[${models.map(([, model]) => model).join()}],${rest.slice(1)}`
    if (weather.now('upstream cut') && dice.one < 0.7) {
      const value = json(body.slice(0, Math.floor(body.length * dice.other)))
      return this.#useless(undefined, { ms, value })
    }
    if (isOdd) return this.#useless(undefined, { ms, value: json(body) })
    for (const [id, model] of models) this.#read.set(id, model)
    const said: Said =
      this.#read.size > 0 ? { what: 'list', models: this.#read } : { what: 'nothing of use' }
    if (!has_more) witness.see({ kind: 'upstream says', name: undefined, said })
    return { ms, value: json(body) }
  }

  #model(name: string, ms: number, { one }: Dice): Outcome<Response> {
    const { scheduler, weather } = this.#world
    const { aliases, models } = this.#truth.at(scheduler.now)
    const missing = weather.now('upstream no alias')
    const isMissing = missing && one < missing.strength
    const model = isMissing ? undefined : models.get(aliases.get(name) ?? name)
    const id = model === undefined ? null : (aliases.get(name) ?? name)
    this.#world.witness.see({ kind: 'upstream says', name, said: { what: 'name', name, id } })
    return { ms, value: model === undefined ? json(notFound(name), 404) : json(model) }
  }
}

/** Throws for whatever nobody has a reason to ask. */
function askedBy({ headers, url }: Request): Asked {
  const { origin, pathname, search, searchParams } = new URL(url)
  const unexpected = new Error(`unexpected request to ${url}`)
  if (origin !== UPSTREAM || headers.get('x-api-key') !== KEY) throw unexpected
  if (pathname === LIST) {
    if (searchParams.get('limit') !== '1000' || searchParams.size > 5) throw unexpected
    return { after: searchParams.get('after_id') }
  }
  const name = /^\/v1\/models\/([^/]+)$/.exec(pathname)?.[1]
  if (name === undefined || search !== '') throw unexpected
  return { name: decodeURIComponent(name) }
}

function json(body: string, status = 200): Response {
  return new Response(body, { status, headers: { 'content-type': 'application/json' } })
}

function notFound(name: string): string {
  return `{"type":"error","error":{"type":"not_found_error","message":"model: ${name}"}}`
}
