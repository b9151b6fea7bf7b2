import type { Outcome } from '../life.ts'
import { Random } from '../random.ts'
import type { World } from '../world.ts'
import type { Truth } from './truth.ts'

/** What upstream said, to whoever keeps count of it. */
export type Said =
  | { readonly what: 'list'; readonly models: ReadonlyMap<string, string> }
  | { readonly what: 'name'; readonly name: string; readonly id: string | null }
  | { readonly what: 'nothing of use' }

const LIST = '/v1/models'
export const UPSTREAM = 'https://upstream.test'
export const KEY = 'stand-in-key'

/** Anthropic's API, as the one who asks it meets it. */
export class Upstream {
  readonly #world: World
  readonly #truth: Truth
  readonly #random: Random

  constructor(world: World, truth: Truth) {
    this.#world = world
    this.#truth = truth
    this.#random = new Random(world.seed, 'upstream')
  }

  answer(request: Request): Outcome<Response> {
    const { weather } = this.#world
    const { pathname, search, origin } = new URL(request.url)
    const isList = pathname === LIST && search.startsWith('?limit=1000&')
    const name = search === '' ? /^\/v1\/models\/([^/]+)$/.exec(pathname)?.[1] : undefined
    if (origin !== UPSTREAM || request.headers.get('x-api-key') !== KEY) {
      throw new Error(`unexpected request to ${request.url}`)
    }
    if (!isList && name === undefined) throw new Error(`unexpected request to ${request.url}`)
    this.#world.witness.see({ kind: 'upstream asked', name })
    const random = this.#random
    const slow = weather.now('upstream slow')
    const ms = random.between(80, 900) + (slow ? random.next() * slow.strength * 12_000 : 0)
    // Drawn whether they are needed or not: what is asked for leaves the chance of the next one as it is.
    const [dice, other] = [random.next(), random.next()]
    if (weather.now('upstream hangs')) return this.#say(name, 'never')
    const odd = this.#refusal()
    if (odd) return this.#say(name, { ms, value: odd })
    if (isList) return this.#list(ms, dice, other)
    return this.#name(decodeURIComponent(name ?? ''), ms, dice)
  }

  #say(name: string | undefined, outcome: Outcome<Response>): Outcome<Response> {
    const said: Said = { what: 'nothing of use' }
    this.#world.witness.see({ kind: 'upstream says', name, said })
    return outcome
  }

  #refusal(): Response | undefined {
    const { weather } = this.#world
    const error = weather.now('upstream error')
    if (error) {
      const [status, retryAfter] = errors[Math.floor(error.strength * errors.length)] ?? [500]
      const headers: Record<string, string> = { 'content-type': 'application/json' }
      if (retryAfter) headers['retry-after'] = retryAfter
      return new Response('{"type":"error","error":{"type":"api_error","message":"as told"}}', {
        status,
        headers,
      })
    }
    if (weather.now('upstream block')) {
      return Response.json(
        { error: { type: 'forbidden', message: 'Request not allowed' } },
        { status: 403 },
      )
    }
    const page = weather.now('upstream page')
    if (!page) return undefined
    return new Response('<!doctype html><title>Bad gateway</title>', {
      status: page.strength < 0.5 ? 200 : 502,
      headers: { 'content-type': 'text/html' },
    })
  }

  #list(ms: number, dice: number, other: number): Outcome<Response> {
    const { scheduler, weather } = this.#world
    const stale = weather.now('upstream stale')
    const isOld = stale && dice < 0.1 + stale.strength * 0.5
    const version = this.#truth.at(scheduler.now - (isOld ? other * 3_600_000 : 0))
    let models = [...version.models]
    if (weather.now('upstream empty')) models = []
    const short = weather.now('upstream short')
    if (short && dice < short.strength) {
      models = models.filter(([id]) => new Random(id, Math.floor(other * 10)).chance(0.7))
    }
    if (weather.now('upstream order'))
      models = models.map(([id, model]) => [id, turned(model, dice)])
    const said: Said = { what: 'list', models: new Map(models) }
    const isCut = weather.now('upstream cut') && dice < 0.7
    this.#world.witness.see({
      kind: 'upstream says',
      name: undefined,
      said: isCut || models.length === 0 ? { what: 'nothing of use' } : said,
    })
    const ends = { first_id: models[0]?.[0] ?? null, last_id: models.at(-1)?.[0] ?? null }
    const rest = JSON.stringify({ has_more: false, ...ends })
    const body = `{"data":[${models.map(([, model]) => model).join()}],${rest.slice(1)}`
    const text = isCut ? body.slice(0, Math.floor(body.length * other)) : body
    return { ms, value: json(text) }
  }

  #name(name: string, ms: number, dice: number): Outcome<Response> {
    const { scheduler, weather } = this.#world
    const { aliases, models } = this.#truth.at(scheduler.now)
    const missing = weather.now('upstream no alias')
    const isMissing = missing && dice < missing.strength
    const model = isMissing ? undefined : models.get(aliases.get(name) ?? name)
    const id = model === undefined ? null : (aliases.get(name) ?? name)
    this.#world.witness.see({ kind: 'upstream says', name, said: { what: 'name', name, id } })
    if (model !== undefined) return { ms, value: json(model) }
    const body = `{"type":"error","error":{"type":"not_found_error","message":"model: ${name}"}}`
    return { ms, value: json(body, 404) }
  }
}

const errors: readonly (readonly [status: number, retryAfter?: string])[] = [
  [500],
  [529],
  [429, '120'],
  [429, '2400'],
  [503],
  [401],
  [404],
  [400],
]

function json(body: string, status = 200): Response {
  return new Response(body, { status, headers: { 'content-type': 'application/json' } })
}

/** The same value, its keys in another order. */
function turned(text: string, dice: number): string {
  const entries = Object.entries(JSON.parse(text) as object)
  const at = Math.floor(dice * entries.length)
  return JSON.stringify(Object.fromEntries([...entries.slice(at), ...entries.slice(0, at)]))
}
