import { createHash } from 'node:crypto'
import type { Sent } from './client.ts'

/** What the API has to answer, as its contract says; written without a look at how the product does it. */
export type Expected =
  | { readonly kind: 'data'; readonly body: string; readonly links: Links; readonly model?: Model }
  | { readonly kind: 'file'; readonly file: File }
  | { readonly kind: 'health' }
  | { readonly kind: 'preflight' }
  | {
      readonly kind: 'error'
      readonly status: 400 | 404 | 405 | 410
      /** Any of these: where several things are wrong, the contract does not say which is answer. */
      readonly messages: readonly string[]
      /** The model that was asked for and is none. */
      readonly wanted?: string
      /** The newest change, for who follows from too far back. */
      readonly newest?: string
      readonly cacheable: boolean
    }

/** The queries of the pages beside a page. */
type Links = Readonly<Partial<Record<'next' | 'prev', string>>>

interface Model {
  readonly id: string
  readonly lifecycle?: string | null
  readonly deprecated_at?: string | null
  readonly retires_at?: string | null
}

/** What does not depend on the request's query. */
export interface File {
  readonly type: string
  readonly policy: string
  /** The fields that it has beside those of every file. */
  readonly further: readonly string[]
  readonly body: string
}

type Entry = readonly [id: string, text: string, lifecycle: string]

interface Known {
  /** As they go over the wire, newest first. */
  readonly models: readonly string[]
  readonly changes: readonly { readonly id: string; readonly at: string }[]
  /** The cursor from which on the history is whole. */
  readonly wholeFrom: string
  readonly aliases: Readonly<Record<string, string>>
  readonly files: Readonly<Record<string, File>>
}

const LIFECYCLES = new Set(['active', 'deprecated', 'retired'])
const HOST = /^[A-Za-z0-9\-._~%!$&'()*+,;=:[\]]+$/
const CHANGE = /^chg_[0-9a-z]{11}$/
const DATE_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i

export class Reference {
  readonly #models: readonly Entry[]
  readonly #changes: readonly (readonly [id: string, text: string, at: number])[]
  readonly #wholeFrom: string
  readonly #byName: ReadonlyMap<string, string>
  readonly #files: Readonly<Record<string, File>>

  constructor({ models, changes, wholeFrom, aliases, files }: Known) {
    this.#files = files
    this.#wholeFrom = wholeFrom
    this.#models = models.map((text) => {
      const { id, lifecycle } = JSON.parse(text) as Model
      return [id, text, lifecycle ?? 'active']
    })
    this.#changes = changes.map((one) => [one.id, JSON.stringify(one), Date.parse(one.at)])
    const texts = new Map(this.#models.map(([id, text]) => [id, text]))
    const known = Object.entries(aliases).map(([name, id]) => [name, texts.get(id) ?? ''] as const)
    this.#byName = new Map([...known, ...texts])
  }

  get names(): readonly string[] {
    return [...this.#byName.keys()]
  }

  get paths(): readonly string[] {
    return Object.keys(this.#files)
  }

  get changeIds(): readonly string[] {
    return this.#changes.map(([id]) => id)
  }

  expect({ method, target, host }: Pick<Sent, 'host' | 'method' | 'target'>): Expected {
    if (method === 'OPTIONS') return { kind: 'preflight' }
    if (method !== 'GET' && method !== 'HEAD') {
      return error(405, ['Method Not Allowed. This is a read-only copy: GET, HEAD, OPTIONS'], false)
    }
    if (!HOST.test(host)) return error(400, ['host: Input should be a host name'], false)
    const { pathname, searchParams } = new URL(`http://models.test${target}`)
    if (pathname === '/health') return { kind: 'health' }
    if (pathname === '/v1/models') return this.#list(searchParams)
    if (pathname === '/v1/changes') return this.#history(searchParams)
    const file = Object.hasOwn(this.#files, pathname) ? this.#files[pathname] : undefined
    if (file) return { kind: 'file', file }
    if (/^\/widget\/[^/]+\/widget\.js$/.test(pathname)) {
      const pinned = Object.keys(this.#files).find((path) => path.startsWith('/widget/'))
      return error(404, [`This version of the widget is not here: ${pinned} is, and /widget.js`])
    }
    const name = /^\/v1\/models\/([^/]+)$/.exec(pathname)?.[1]
    return name === undefined ? error(404, ['Not found']) : this.#one(name)
  }

  #one(encoded: string): Expected {
    let name: string
    try {
      name = decodeURIComponent(encoded)
    } catch {
      return error(400, ['model_id: Input should be percent-encoded UTF-8'])
    }
    if (name.length > 256) return error(400, ['model_id: Input should have at most 256 characters'])
    const body = this.#byName.get(name)
    if (body === undefined) return error(404, [`model: ${name}`], true, name)
    return { kind: 'data', body, links: {}, model: JSON.parse(body) as Model }
  }

  #list(query: URLSearchParams): Expected {
    const wanted = [...query].flatMap(([name, value]) =>
      name === 'lifecycle' || name === 'lifecycle[]' ? value : [],
    )
    const wrong = wanted.flatMap((value, index) =>
      LIFECYCLES.has(value)
        ? []
        : `lifecycle[].${index}: Input is not one of the permitted values.`,
    )
    if (wanted.length > 3) wrong.push('lifecycle[]: Input should have at most 3 items')
    const isShown = ([, , lifecycle]: Entry): boolean =>
      wanted.length > 0 ? wanted.includes(lifecycle) : lifecycle !== 'retired'
    const carried = wanted.map((value): [string, string] => ['lifecycle[]', value])
    return page({ all: this.#models, isShown, query, wrong, carried, split: splitAtItem })
  }

  #history(query: URLSearchParams): Expected {
    const [given, ...more] = query.getAll('since')
    const since = given?.replace(/ (?=\d\d:\d\d$)/, '+')
    const start = Date.parse(since ?? '1970-01-01T00:00:00Z')
    const wrong: string[] = []
    if (more.length > 0) wrong.push('since: Input should be given only once')
    if (since !== undefined && (!DATE_TIME.test(since) || Number.isNaN(start))) {
      wrong.push('since: Input should be a valid RFC 3339 date and time, with its offset')
    }
    const carried: [string, string][] = since === undefined ? [] : [['since', since]]
    const all = this.#changes
    const newest = all[0]?.[0] ?? ''
    // Another place may know what lies between: whoever walks back has been there.
    const after = query.get('after_id') ?? ''
    if (CHANGE.test(after) && after > newest) {
      wrong.push("Invalid pagination cursor for 'after_id'")
    }
    const isShown = ([, , at]: (typeof all)[number]): boolean => at >= start
    const answer = page({ all, isShown, query, wrong, carried, split: splitAtPosition })
    const before = query.get('before_id') ?? this.#wholeFrom
    const isForgotten = CHANGE.test(before) && before < this.#wholeFrom
    const isOtherwiseFine =
      answer.kind !== 'error' || answer.messages.every((message) => wrong.includes(message))
    if (!isForgotten || !isOtherwiseFine) return answer
    return { kind: 'error', status: 410, messages: [FORGOTTEN], cacheable: true, newest }
  }
}

const FORGOTTEN =
  'before_id: This cursor is older than the history: changes behind it are missing. Read /v1/models anew, and follow from error.details.newest_id'

/** What lies on either side of a cursor; undefined for one that is none. */
type Split = <One extends Item>(
  all: readonly One[],
  cursor: string,
) => { readonly newer: readonly One[]; readonly older: readonly One[] } | undefined

type Item = readonly [id: string, text: string, ...rest: unknown[]]

const splitAtItem: Split = (all, cursor) => {
  const at = all.findIndex(([id]) => id === cursor)
  return at === -1 ? undefined : { newer: all.slice(0, at), older: all.slice(at + 1) }
}

/** A change’s id is its position: they sort as texts, and any such text lies somewhere. */
const splitAtPosition: Split = (all, cursor) =>
  CHANGE.test(cursor)
    ? { newer: all.filter(([id]) => id > cursor), older: all.filter(([id]) => id < cursor) }
    : undefined

interface Query<One> {
  readonly all: readonly One[]
  readonly isShown: (one: One) => boolean
  readonly query: URLSearchParams
  readonly wrong: readonly string[]
  readonly carried: readonly [string, string][]
  readonly split: Split
}

function page<One extends Item>(wanted: Query<One>): Expected {
  const { all, isShown, query, carried, split } = wanted
  const wrong = [...wanted.wrong]
  for (const name of ['limit', 'after_id', 'before_id']) {
    const [value, ...more] = query.getAll(name)
    if (more.length > 0) wrong.push(`${name}: Input should be given only once`)
    if (value === undefined) continue
    if (name === 'limit') wrong.push(...wrongLimit(value))
    else if (!split(all, value)) wrong.push(`Invalid pagination cursor for '${name}'`)
  }
  const [after, before] = [query.get('after_id'), query.get('before_id')]
  if (after !== null && before !== null) {
    wrong.push('after_id, before_id: Only one of the two cursors can be given')
  }
  if (wrong.length > 0) return error(400, wrong)

  const limit = Number(query.get('limit') ?? 20)
  const cursor = after ?? before
  const sides = cursor === null ? undefined : split(all, cursor)
  const older = (sides?.older ?? all).filter((one) => isShown(one))
  const newer = (sides?.newer ?? []).filter((one) => isShown(one))
  const data = before === null ? older.slice(0, limit) : newer.slice(-limit)
  const [first, last] = [data[0]?.[0] ?? null, data.at(-1)?.[0] ?? null]
  const rest = JSON.stringify({
    has_more: (before === null ? older : newer).length > limit,
    first_id: first,
    last_id: last,
  })
  const shown = all.filter((one) => isShown(one))
  const asked: [string, string][] = query.has('limit') ? [['limit', String(limit)]] : []
  const to = (name: string, id: string): string =>
    String(new URLSearchParams([...asked, ...carried, [name, id]]))
  return {
    kind: 'data',
    body: `{"data":[${data.map(([, text]) => text).join()}],${rest.slice(1)}`,
    links: {
      ...(first !== null && shown[0]?.[0] !== first && { prev: to('before_id', first) }),
      ...(last !== null && shown.at(-1)?.[0] !== last && { next: to('after_id', last) }),
    },
  }
}

function wrongLimit(value: string): readonly string[] {
  const should = 'limit: Input should be'
  if (!/^-?\d+$/.test(value)) {
    return [`${should} a valid integer, unable to parse string as an integer`]
  }
  if (Number(value) < 1) return [`${should} greater than or equal to 1`]
  return Number(value) > 1000 ? [`${should} less than or equal to 1000`] : []
}

function error(
  status: 400 | 404 | 405,
  messages: readonly string[],
  cacheable = true,
  wanted?: string,
): Expected {
  return { kind: 'error', status, messages, cacheable, ...(wanted !== undefined && { wanted }) }
}

/** A tag is of the content alone. */
export function tagOf(body: string): string {
  return `"${createHash('sha256').update(body).digest('hex').slice(0, 32)}"`
}
