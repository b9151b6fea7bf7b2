import { cachePolicy, type CachePolicy } from '../http/cache-policy.ts'

/** The headers of answers, by the kind of answer that carries them. */

const text = { type: 'string' }

function header(description: string, schema: object = text, required = true): object {
  return { description, required, schema }
}

export const headers = {
  'access-control-allow-origin': header('Every page of every origin may read it.', { const: '*' }),
  'access-control-expose-headers': header('What pages may read of the headers.'),
  'cross-origin-resource-policy': header('Every page may embed it.', { const: 'cross-origin' }),
  'x-content-type-options': header('Its type is what it says.', { const: 'nosniff' }),
  'access-control-allow-methods': header('What pages may ask with.', {
    const: 'GET, HEAD, OPTIONS',
  }),
  'access-control-allow-headers': header('The headers that were asked for.', text, false),
  'access-control-max-age': header('How long a preflight holds.', {
    type: 'string',
    pattern: '^\\d+$',
  }),
  'referrer-policy': header('What the page tells others.', { const: 'no-referrer' }),
  'request-id': header('For a report.', { type: 'string', pattern: '^req_[0-9A-Za-z]{24}$' }),
  etag: header('For `If-None-Match`: the same data has the same tag.', {
    type: 'string',
    pattern: '^"[0-9a-f-]+"$',
  }),
  'last-modified': header('When the data last changed, where that is known.', text, false),
  'x-synced-at': header('When the data was read from Anthropic.', {
    type: 'string',
    format: 'date-time',
  }),
  'cache-status': header('Whether the data is as young as promised (RFC 9211).', {
    type: 'string',
    pattern: '^models-edge; hit; detail=(fresh|stale)$',
  }),
  link: header('The pages beside it (RFC 8288).', text, false),
  deprecation: header(
    'Of a deprecated model: since when (RFC 9745).',
    { type: 'string', pattern: '^@\\d+$' },
    false,
  ),
  sunset: header('Of a model that retires: when (RFC 8594).', text, false),
  allow: header('The methods there are.', { const: 'GET, HEAD, OPTIONS' }),
  'retry-after': header('Seconds to wait.', { type: 'string', pattern: '^\\d+$' }),
  'x-should-retry': header('That another try is of no use.', { const: 'false' }),
  'content-security-policy': header('What the page may do.'),
} as const

type Name = keyof typeof headers

const everywhere: readonly Name[] = [
  'access-control-allow-origin',
  'access-control-expose-headers',
  'request-id',
]
const every: readonly Name[] = [...everywhere, 'x-content-type-options']
const aged: readonly Name[] = ['x-synced-at', 'cache-status']
const ofData: readonly Name[] = [...every, ...aged, 'etag', 'last-modified']
const ofFiles: readonly Name[] = [...every, 'cross-origin-resource-policy', 'etag']
const forBrowsers: readonly Name[] = ['content-security-policy', 'referrer-policy']

/** For how long caches may keep an answer of a kind, and which other headers it has. */
const kinds = {
  /** What was made of the models or of their history. */
  data: ['data', ofData],
  /** The same, which counts the days from the day of the sync. */
  today: ['data', [...every, ...aged, 'etag']],
  list: ['data', [...ofData, 'link']],
  model: ['data', [...ofData, 'deprecation', 'sunset']],
  page: ['data', [...every, ...aged, ...forBrowsers, 'etag']],
  /** What is the same until the next deployment, what never changes, and a page of the first kind. */
  file: ['file', ofFiles],
  pinned: ['forever', ofFiles],
  document: ['file', [...ofFiles, ...forBrowsers]],
  /** What tells of this moment, and has no tag: nobody may keep it. */
  moment: ['never', every],
  refused: ['error or never', every],
  method: ['never', [...every, 'allow']],
  preflight: [
    'never',
    [
      ...everywhere,
      'allow',
      'access-control-allow-headers',
      'access-control-allow-methods',
      'access-control-max-age',
    ],
  ],
  missing: ['error', [...every, 'x-should-retry']],
  missingData: ['error', [...every, ...aged, 'x-should-retry']],
  unavailable: ['never', [...every, 'retry-after']],
  missingPage: ['error', [...every, ...aged, ...forBrowsers, 'x-should-retry']],
  emptyPage: ['never', [...every, ...forBrowsers, 'retry-after']],
} as const satisfies Readonly<
  Record<string, readonly [CachePolicy | 'error or never', readonly Name[]]>
>

export type Kind = keyof typeof kinds

export function headersOf(kind: Kind): object {
  const [policy, names] = shapeOf(kind)
  return {
    'cache-control': cacheControl(policy),
    ...Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
  }
}

/** Whether a client can ask if its answer is still the same. */
export function hasTag(kind: Kind): boolean {
  return shapeOf(kind)[1].includes('etag')
}

/** The document is made without a look at the types: a kind that is none is told by its name, with those there are. */
function shapeOf(kind: Kind): readonly [CachePolicy | 'error or never', readonly Name[]] {
  if (Object.hasOwn(kinds, kind)) return kinds[kind]
  const known = Object.keys(kinds).join(', ')
  throw new Error(
    `contract/operations.ts has the kind "${kind}"; contract/headers.ts knows ${known}`,
  )
}

function cacheControl(policy: CachePolicy | 'error or never'): object {
  const { error, never } = cachePolicy
  const value =
    policy === 'error or never' ? { enum: [error, never] } : { const: cachePolicy[policy] }
  return header('How long it may be kept.', value)
}
