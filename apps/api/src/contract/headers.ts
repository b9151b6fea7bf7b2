/** The headers of answers, by the kind of answer that carries them. */

const text = { type: 'string' }

function header(description: string, schema: object = text, required = true): object {
  return { description, required, schema }
}

export const headers = {
  'access-control-allow-origin': header('Every page of every origin may read it.', { const: '*' }),
  'access-control-expose-headers': header('What pages may read of the headers.'),
  'cross-origin-resource-policy': header('Every page may embed it.', { const: 'cross-origin' }),
  'timing-allow-origin': header('Every page may see how long it took.', { const: '*' }),
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
  'cache-control': header('How long it may be kept.'),
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

const always: readonly Name[] = [
  'access-control-allow-origin',
  'access-control-expose-headers',
  'cache-control',
  'cross-origin-resource-policy',
  'request-id',
  'timing-allow-origin',
]
const every: readonly Name[] = [...always, 'x-content-type-options']
const data: readonly Name[] = [...every, 'etag', 'last-modified', 'x-synced-at', 'cache-status']

/** Which headers an answer of that kind has. */
const kinds = {
  every,
  file: [...every, 'etag'],
  list: [...data, 'link'],
  model: [...data, 'deprecation', 'sunset'],
  page: [
    ...every,
    'etag',
    'x-synced-at',
    'cache-status',
    'content-security-policy',
    'referrer-policy',
  ],
  method: [...every, 'allow'],
  preflight: [
    ...always,
    'allow',
    'access-control-allow-headers',
    'access-control-allow-methods',
    'access-control-max-age',
  ],
  missing: [...every, 'x-should-retry'],
  missingData: [...every, 'x-should-retry', 'x-synced-at', 'cache-status'],
  unavailable: [...every, 'retry-after'],
  emptyPage: [...every, 'retry-after', 'content-security-policy', 'referrer-policy'],
} as const satisfies Readonly<Record<string, readonly Name[]>>

export type Kind = keyof typeof kinds

export function headersOf(kind: Kind): object {
  return Object.fromEntries(
    kinds[kind].map((name) => [name, { $ref: `#/components/headers/${name}` }]),
  )
}
