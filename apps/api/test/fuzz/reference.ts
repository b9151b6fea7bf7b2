import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Sent } from './client.ts'

/** What the API has to answer, as its contract says; written without a look at how the product does it. */
export interface Expected {
  readonly status: number
  /** The fields that it has beside those of every answer: to the letter, or what their values fit. */
  readonly fields: Readonly<Record<string, RegExp | string>>
  /** Where there is a body. */
  readonly type?: string
  /** To the byte, or whether one is right in an answer with that id. */
  readonly body: string | ((body: string, requestId: string) => boolean)
}

interface Model {
  readonly id: string
  readonly line?: string | null
  readonly lifecycle?: string | null
  readonly deprecated_at?: string | null
  readonly retires_at?: string | null
}

interface Entry {
  readonly id: string
  readonly text: string
}

interface Known {
  /** As they go over the wire, newest first. */
  readonly models: readonly string[]
  readonly changes: readonly { readonly id: string; readonly at: string }[]
  /** The cursor from which on the history is whole. */
  readonly wholeFrom: string
  readonly aliases: Readonly<Record<string, string>>
  /** What does not depend on the request's query. */
  readonly files: Readonly<Record<string, Expected>>
  /** The tag of each list and of each model, by its path: the same, whatever is asked for of it. */
  readonly tags: ReadonlyMap<string, string>
}

const LIFECYCLES = new Set(['active', 'deprecated', 'retired'])
const HOST = /^[A-Za-z0-9\-._~%!$&'()*+,;=:[\]]+$/
const CHANGE = /^chg_[0-9a-z]{11}$/

/** The last position that a number counts exactly. */
const LAST = 'chg_2gosa7pa2gv'
const DATE_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i
const JSON_TYPE = 'application/json'
const MINUTE = { 'cache-control': 'public, max-age=60' }
const NEVER = { 'cache-control': 'no-store' }
const NO_SNIFFING = { 'x-content-type-options': 'nosniff' }

export const ofData = {
  ...NO_SNIFFING,
  'cache-control': 'public, max-age=60, stale-while-revalidate=600, stale-if-error=86400',
  'cache-status': /^models-edge; hit; detail=(fresh|stale)$/,
  'x-synced-at': /^\d{4}-\d\d-\d\dT[\d:.]+Z$/,
}

export class Reference {
  readonly #known: Known
  readonly #models: readonly (Model & Entry)[]
  readonly #byName: ReadonlyMap<string, Model & Entry>

  constructor(known: Known) {
    this.#known = known
    this.#models = known.models.map((text) => ({ ...(JSON.parse(text) as Model), text }))
    const byId = new Map(this.#models.map((model) => [model.id, model]))
    const named = Object.entries(known.aliases).map(([name, id]) => [name, byId.get(id)!] as const)
    this.#byName = new Map([...named, ...byId])
  }

  get names(): readonly string[] {
    return [...this.#byName.keys()]
  }

  expect({ fields, host, method, target }: Omit<Sent, 'body'>): Expected {
    if (method === 'OPTIONS') return preflight(fields)
    if (method !== 'GET' && method !== 'HEAD') {
      const message = 'Method Not Allowed. This is a read-only copy: GET, HEAD, OPTIONS'
      return error(405, [message], { ...NEVER, allow: 'GET, HEAD, OPTIONS' })
    }
    if (!HOST.test(host)) return error(400, ['host: Input should be a host name'], NEVER)
    const { pathname, searchParams } = new URL(`http://models.test${target}`)
    if (pathname === '/v1/models') return this.#list(searchParams)
    if (pathname === '/v1/changes') return this.#history(searchParams)
    const { files } = this.#known
    if (Object.hasOwn(files, pathname)) return files[pathname]!
    if (/^\/widget\/[^/]+\/widget\.js$/.test(pathname)) {
      const pinned = Object.keys(files).find((path) => path.startsWith('/widget/'))
      return error(404, [`This version of the widget is not here: ${pinned} is, and /widget.js`])
    }
    const line = /^\/v1\/lines\/([^/]+)$/.exec(pathname)?.[1]
    if (line !== undefined) return this.#noLine(line)
    const name = /^\/v1\/models\/([^/]+)$/.exec(pathname)?.[1]
    return name === undefined ? error(404, ['Not found']) : this.#one(name)
  }

  /** Those that are lines are among the files. */
  #noLine(encoded: string): Expected {
    const line = decoded('line', encoded)
    if (typeof line !== 'string') return line
    const active = this.#models.filter(({ lifecycle }) => (lifecycle ?? 'active') === 'active')
    const lines = [...new Set(active.flatMap((model) => model.line || []))]
    return error(404, [`line: ${line}`], { ...ofData, ...MINUTE }, { lines })
  }

  #one(encoded: string): Expected {
    const name = decoded('model_id', encoded)
    if (typeof name !== 'string') return name
    const model = this.#byName.get(name)
    if (!model) return error(404, [`model: ${name}`], { ...ofData, ...MINUTE }, {}, this.names)
    const [deprecated, retires] = [model.deprecated_at, model.retires_at].map((time) =>
      Date.parse(time ?? ''),
    ) as [number, number]
    return data(this.#tag(`/v1/models/${model.id}`), model.text, {
      ...(!Number.isNaN(deprecated) && { deprecation: `@${Math.floor(deprecated / 1000)}` }),
      ...(!Number.isNaN(retires) && { sunset: new Date(retires).toUTCString() }),
    })
  }

  #tag(path: string): string {
    return this.#known.tags.get(path) ?? ''
  }

  #list(query: URLSearchParams): Expected {
    const wanted = [...query].flatMap(([name, value]) =>
      name === 'lifecycle' || name === 'lifecycle[]' ? value : [],
    )
    const wrong = wanted.flatMap((value, at) =>
      LIFECYCLES.has(value) ? [] : `lifecycle[].${at}: Input is not one of the permitted values.`,
    )
    if (wanted.length > 3) wrong.push('lifecycle[]: Input should have at most 3 items')
    const all = this.#models
    const shown = all.filter(({ lifecycle }) =>
      wanted.length > 0 ? wanted.includes(lifecycle ?? 'active') : lifecycle !== 'retired',
    )
    // A cursor is an item, shown or not.
    const isBefore = (entry: Entry, cursor: string): boolean =>
      all.findIndex(({ id }) => id === entry.id) < all.findIndex(({ id }) => id === cursor)
    const isCursor = (text: string): boolean => all.some(({ id }) => id === text)
    const carried = wanted.map((value): [string, string] => ['lifecycle[]', value])
    const path = '/v1/models'
    const etag = this.#tag(path)
    return page({ path, etag, shown, query, wrong, carried, isBefore, isCursor })
  }

  #history(query: URLSearchParams): Expected {
    const { changes, wholeFrom } = this.#known
    const [given, ...more] = query.getAll('since')
    const since = given?.replace(/ (?=\d\d:\d\d$)/, '+')
    const start = Date.parse(since ?? '1970-01-01T00:00:00Z')
    const wrong: string[] = []
    if (more.length > 0) wrong.push('since: Input should be given only once')
    if (since !== undefined && (!DATE_TIME.test(since) || Number.isNaN(start))) {
      wrong.push('since: Input should be a valid RFC 3339 date and time, with its offset')
    }
    const newest = changes[0]?.id ?? ''
    // Another place may know what lies between: whoever walks back has been there.
    const after = query.get('after_id') ?? ''
    if (CHANGE.test(after) && after > newest && after <= LAST) {
      wrong.push("Invalid pagination cursor for 'after_id'")
    }
    const shown = changes
      .filter(({ at }) => Date.parse(at) >= start)
      .map((change) => ({ id: change.id, text: JSON.stringify(change) }))
    const answer = page({
      path: '/v1/changes',
      etag: this.#tag('/v1/changes'),
      shown,
      query,
      wrong,
      carried: since === undefined ? [] : [['since', since]],
      // A change's id is its position: they sort as texts, and any such text lies somewhere, up to the last.
      isBefore: ({ id }, cursor) => id > cursor,
      isCursor: (text) => CHANGE.test(text) && text <= LAST,
    })
    const before = query.get('before_id') ?? wholeFrom
    const isOtherwiseFine = !answer.wrong || answer.wrong.every((each) => wrong.includes(each))
    if (!CHANGE.test(before) || before >= wholeFrom || !isOtherwiseFine) return answer
    const message =
      'before_id: This cursor is older than the history: changes behind it are missing. Read /v1/models anew, and follow from error.details.newest_id'
    return error(410, [message], { ...ofData, ...MINUTE }, { newest_id: newest })
  }
}

function decoded(parameter: string, encoded: string): Expected | string {
  try {
    const name = decodeURIComponent(encoded)
    if (name.length <= 256) return name
    return error(400, [`${parameter}: Input should have at most 256 characters`])
  } catch {
    return error(400, [`${parameter}: Input should be percent-encoded UTF-8`])
  }
}

interface Wanted {
  readonly path: string
  readonly etag: string
  /** Newest first. */
  readonly shown: readonly Entry[]
  readonly query: URLSearchParams
  readonly wrong: readonly string[]
  readonly carried: readonly [string, string][]
  readonly isBefore: (entry: Entry, cursor: string) => boolean
  readonly isCursor: (text: string) => boolean
}

/** With what is wrong in the query, where something is. */
function page(wanted: Wanted): Expected & { readonly wrong?: readonly string[] } {
  const { path, etag, shown, query, carried, isBefore, isCursor } = wanted
  const wrong = [...wanted.wrong]
  for (const name of ['limit', 'after_id', 'before_id']) {
    const [value, ...more] = query.getAll(name)
    if (more.length > 0) wrong.push(`${name}: Input should be given only once`)
    if (value === undefined) continue
    if (name === 'limit') wrong.push(...wrongLimit(value))
    else if (!isCursor(value)) wrong.push(`Invalid pagination cursor for '${name}'`)
  }
  const [after, before] = [query.get('after_id'), query.get('before_id')]
  if (after !== null && before !== null) {
    wrong.push('after_id, before_id: Only one of the two cursors can be given')
  }
  if (wrong.length > 0) return { ...error(400, wrong), wrong }

  const limit = Number(query.get('limit') ?? 20)
  const newer = shown.filter((entry) => before !== null && isBefore(entry, before))
  const older = shown.filter(
    (entry) => after === null || (entry.id !== after && !isBefore(entry, after)),
  )
  const entries = before === null ? older.slice(0, limit) : newer.slice(-limit)
  const [first, last] = [entries[0]?.id ?? null, entries.at(-1)?.id ?? null]
  const has_more = (before === null ? older : newer).length > limit
  const asked: [string, string][] = query.has('limit') ? [['limit', String(limit)]] : []
  const to = (relation: string, name: string, id: string): string =>
    `<${path}?${new URLSearchParams([...asked, ...carried, [name, id]])}>; rel="${relation}"`
  const links = [
    first === null || shown[0]?.id === first ? [] : to('prev', 'before_id', first),
    last === null || shown.at(-1)?.id === last ? [] : to('next', 'after_id', last),
  ].flat()
  const rest = JSON.stringify({ has_more, first_id: first, last_id: last }).slice(1)
  return data(
    etag,
    `{"data":[${entries.map(({ text }) => text).join()}],${rest}`,
    links.length > 0 ? { link: links.join(', ') } : {},
  )
}

function wrongLimit(value: string): readonly string[] {
  const should = 'limit: Input should be'
  if (!/^-?\d+$/.test(value)) {
    return [`${should} a valid integer, unable to parse string as an integer`]
  }
  if (Number(value) < 1) return [`${should} greater than or equal to 1`]
  return Number(value) > 1000 ? [`${should} less than or equal to 1000`] : []
}

function data(etag: string, body: string, more: Expected['fields']): Expected {
  const fields = { ...ofData, etag, 'last-modified': /^\w{3}, .* GMT$/, ...more }
  return { status: 200, type: JSON_TYPE, fields, body }
}

/** Where several things are wrong, the contract does not say which is answer. */
function error(
  status: 400 | 404 | 405 | 410,
  messages: readonly string[],
  more: Expected['fields'] = MINUTE,
  details: object = {},
  names: readonly string[] = [],
): Expected {
  const isGone = status === 404 || status === 410
  const type = isGone ? 'not_found_error' : 'invalid_request_error'
  const ofStatus: Expected['fields'] = isGone ? { 'x-should-retry': 'false' } : {}
  return {
    status,
    type: JSON_TYPE,
    fields: { ...NO_SNIFFING, ...more, ...ofStatus },
    body(text, request_id) {
      const { error: told = {}, ...envelope } = JSON.parse(text) as { readonly error?: object }
      const {
        message,
        details: own = {},
        ...others
      } = told as { message?: string; details?: object }
      const { suggestions = [], ...rest } = own as { readonly suggestions?: readonly string[] }
      const isNear = suggestions.length <= 3 && suggestions.every((name) => names.includes(name))
      const actual = [envelope, others, rest]
      const known = [{ type: 'error', request_id }, { type }, details]
      return isNear && messages.includes(message ?? '') && isDeepStrictEqual(actual, known)
    },
  }
}

function preflight(sent: Sent['fields']): Expected {
  const named = sent.filter(([name]) => name === 'access-control-request-headers')
  const asked = named.map(([, value]) => value).join(', ')
  const isList = /^[\w!#$%&'*+.^`|~, \t-]{1,4096}$/.test(asked)
  const methods = 'GET, HEAD, OPTIONS'
  const fields = {
    ...NEVER,
    'access-control-allow-methods': methods,
    'access-control-max-age': '86400',
    allow: methods,
    ...(isList && { 'access-control-allow-headers': asked }),
  }
  return { status: 204, fields, body: '' }
}

/** The tag of a file is of its bytes alone. */
export function tagOf(body: string): string {
  return `"${createHash('sha256').update(body).digest('hex').slice(0, 32)}"`
}
