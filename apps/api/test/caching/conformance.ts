import {
  asctime,
  type Case,
  differing,
  ELSEWHERE,
  OTHER,
  passed,
  rfc850,
  seconds,
  since,
  tags,
  type Tested,
} from './case.ts'

/** What a cache or a client expects of an origin, case by case. */
export const cases: readonly Case[] = [
  // Conditional Requests: If-None-Match and ETag
  tags('conditional-etag-strong-respond', 'a matching tag: 304', (tag) => tag, 304),
  {
    ...tags('conditional-304-etag', 'a 304 carries the tag', (tag) => tag, 304),
    wrong: differing('etag'),
  },
  {
    id: 'conditional-etag-precedence',
    claim: 'tags count, and the date does not',
    verdict: 'held',
    fields: ({ etag, changedAt }) => [
      ['if-none-match', etag],
      ['if-modified-since', seconds(changedAt, -5000).toUTCString()],
    ],
    status: 304,
  },
  tags(
    'conditional-etag-strong-respond-multiple-first',
    'first of several tags: 304',
    (tag) => `${tag}, ${ELSEWHERE}, ${OTHER}`,
    304,
  ),
  tags(
    'conditional-etag-strong-respond-multiple-second',
    'second of several tags: 304',
    (tag) => `${ELSEWHERE}, ${tag}, ${OTHER}`,
    304,
  ),
  tags(
    'conditional-etag-strong-respond-multiple-last',
    'last of several tags: 304',
    (tag) => `${ELSEWHERE}, ${OTHER}, ${tag}`,
    304,
  ),
  tags(
    'conditional-etag-weak-respond',
    'a weak tag is compared weakly: 304',
    (tag) => `W/${tag}`,
    304,
  ),
  tags(
    'conditional-etag-weak-respond-lowercase',
    '`w/` makes no weak tag: 200',
    (tag) => `w/${tag}`,
    200,
  ),
  tags(
    'conditional-etag-weak-respond-backslash',
    '`W\\` makes no weak tag: 200',
    (tag) => `W\\${tag}`,
    200,
  ),
  tags(
    'conditional-etag-weak-respond-omit-slash',
    '`W` makes no weak tag: 200',
    (tag) => `W${tag}`,
    200,
  ),
  tags(
    'conditional-etag-quoted-respond-unquoted',
    'a tag without quotes is none: 200',
    (tag) => tag.slice(1, -1),
    200,
  ),
  ...passed(
    'our tags are quoted hexadecimal digits',
    ['conditional-etag-unquoted-respond-unquoted', 'an unquoted tag for an unquoted one'],
    ['conditional-etag-unquoted-respond-quoted', 'a quoted tag for an unquoted one'],
    ['conditional-etag-strong-respond-obs-text', 'a tag with bytes that are not ASCII'],
  ),
  ...passed(
    'no answer has a `Vary`',
    ['conditional-etag-vary-headers', 'a condition carries what `Vary` names'],
    ['conditional-etag-vary-headers-mismatch', 'a tag of another variant'],
  ),
  ...passed(
    'what a cache sends; the origin answers it as above',
    ['conditional-etag-strong-generate', 'a stale answer is validated by its strong tag'],
    ['conditional-etag-weak-generate-weak', 'a stale answer is validated by its weak tag'],
    ['conditional-etag-strong-generate-unquoted', 'an unquoted tag is sent in quotes'],
    ['conditional-etag-forward', 'a condition is forwarded'],
    ['conditional-etag-forward-unquoted', 'a condition is forwarded as it should be'],
  ),
  // Conditional Requests: If-Modified-Since and Last-Modified
  since('conditional-lm-fresh', 'the very date: 304', (at) => at.toUTCString(), 304),
  since(
    'conditional-lm-fresh-earlier',
    'a later date: 304',
    (at) => seconds(at, 1000).toUTCString(),
    304,
  ),
  {
    ...since(
      'conditional-lm-stale',
      'a 304 makes a stale answer fresh',
      (at) => at.toUTCString(),
      304,
    ),
    wrong: differing('cache-control', 'last-modified'),
  },
  since('conditional-lm-fresh-rfc850', 'the date in the form of RFC 850: 304', rfc850, 304),
  ...passed('every answer with data has a date', [
    'conditional-lm-fresh-no-lm',
    'an answer without a date',
  ]),
  // HEAD updates
  ...(
    [
      ['head-writethrough', 'HEAD is answered'],
      ['head-200-retain', 'HEAD has the fields of GET'],
      ['head-200-freshness-update', 'HEAD says how long it is fresh'],
      ['head-200-update', 'HEAD has the validators of GET'],
    ] as const
  ).map(([id, claim]): Tested => ({
    id,
    claim,
    verdict: 'held',
    method: 'HEAD',
    fields: () => [],
    status: 200,
    wrong: (got, full) =>
      got.body !== '' ||
      differing(
        'cache-control',
        'content-length',
        'content-type',
        'etag',
        'last-modified',
        'link',
      )(got, full),
  })),
  {
    id: 'head-410-update',
    claim: 'what is gone is gone for HEAD: a cursor older than the history, 410',
    verdict: 'held',
    method: 'HEAD',
    target: '/v1/changes?before_id=chg_00000000000',
    fields: () => [],
    status: 410,
    wrong: (got) => got.body !== '' || got.fields.get('cache-control') !== 'public, max-age=60',
  },
  // Partial content
  ...(
    [
      ['partial-store-complete-reuse-partial', 'bytes=0-1'],
      ['partial-store-complete-reuse-partial-no-last', 'bytes=1-'],
      ['partial-store-complete-reuse-partial-suffix', 'bytes=-1'],
      ['partial-store-partial-reuse-partial', 'bytes=-5'],
    ] as const
  ).map(([id, range]): Tested => ({
    id,
    claim: `a range (${range}) may be ignored: all of it, 200`,
    verdict: 'held',
    fields: ({ etag }) => [
      ['range', range],
      ['if-range', etag],
    ],
    status: 200,
    wrong: (got, full) => got.body !== full.body || got.fields.has('content-range'),
  })),
  ...passed(
    'no answer is partial',
    ['partial-store-partial-reuse-partial-byterange', 'a part of a part'],
    ['partial-store-partial-reuse-partial-absent', 'the rest of a part'],
    ['partial-store-partial-reuse-partial-suffix', 'the end of a part'],
    ['partial-store-partial-complete', 'a part is made whole'],
  ),
  // What other requests leave in a cache
  {
    id: 'other-authorization-public',
    claim: 'an answer to a credential is anybody’s, and says so',
    verdict: 'held',
    fields: () => [['authorization', 'Bearer x']],
    status: 200,
    wrong: (got, full) =>
      !got.fields.get('cache-control')?.startsWith('public,') || got.body !== full.body,
  },
  {
    id: 'other-cookie',
    claim: 'a cookie changes nothing',
    verdict: 'held',
    fields: () => [['cookie', 'a=b']],
    status: 200,
    wrong: (got, full) => got.body !== full.body || got.fields.has('set-cookie'),
  },
  {
    id: 'method-POST',
    claim: 'an answer to POST is kept by nobody',
    verdict: 'held',
    method: 'POST',
    fields: () => [],
    status: 405,
    wrong: (got) => got.fields.get('cache-control') !== 'no-store',
  },
  ...['must-revalidate', 'proxy-revalidate', 'no-cache', 's-maxage=2'].map((directive): Tested => ({
    id: `stale-close-${directive}`,
    claim: `nothing forbids a stale answer in an outage: no ${directive.split('=')[0]}`,
    verdict: 'held',
    fields: () => [],
    status: 200,
    wrong: (got) =>
      got.fields.get('cache-control')?.includes(directive.split('=')[0] ?? '') ?? true,
  })),
  {
    id: 'stale-sie-503',
    claim: 'an outage may be bridged: stale-if-error',
    verdict: 'held',
    fields: () => [],
    status: 200,
    wrong: (got) => !/stale-if-error=\d{5}/.test(got.fields.get('cache-control') ?? ''),
  },
  ...passed(
    'what a cache does: caches.test.ts has it with real ones',
    ['stale-close', 'a stale answer when the origin is gone'],
    ['stale-503', 'a stale answer in place of a 503'],
    ['stale-sie-close', 'the same, told by stale-if-error'],
    ['collapse-basic', 'requests at once become one'],
  ),
  // RFC 9110
  since('RFC 9110, 5.6.7', 'the date in the form of asctime: 304', asctime, 304),
  since(
    'RFC 9110, 5.6.7',
    'an earlier date of asctime: 200',
    (at) => asctime(seconds(at, -86_400)),
    200,
  ),
  since('RFC 9110, 13.1.3', 'an earlier date: 200', (at) => seconds(at, -1).toUTCString(), 200),
  since('RFC 9110, 13.1.3', 'what is no date is ignored', () => '2099-01-01T00:00:00Z', 200),
  since(
    'RFC 9110, 13.1.3',
    'what is almost a date is ignored',
    () => '1 Jan 2099 00:00:00 GMT',
    200,
  ),
  tags('RFC 9110, 13.1.2', '`*`: 304', () => '*', 304),
  tags('RFC 9110, 13.1.2', 'another tag: 200', () => ELSEWHERE, 200),
  {
    id: 'RFC 9110, 13.1.3',
    claim: 'another tag and a later date: 200',
    verdict: 'held',
    fields: ({ changedAt }) => [
      ['if-none-match', ELSEWHERE],
      ['if-modified-since', seconds(changedAt, 1000).toUTCString()],
    ],
    status: 200,
  },
  {
    ...tags('RFC 9110, 13.2.1', 'HEAD with a matching tag: 304', (tag) => tag, 304),
    method: 'HEAD',
  },
  {
    ...tags('RFC 9110, 13.2.1', 'OPTIONS has no condition', () => '*', 304),
    method: 'OPTIONS',
    status: 204,
  },
  {
    ...tags('RFC 9110, 13.2.1', 'what would be an error stays one', () => '*', 304),
    target: '/v1/models/none',
    status: 404,
  },
  {
    ...tags(
      'RFC 9110, 15.4.5',
      'a 304 has the fields that a 200 has, and no content',
      (tag) => tag,
      304,
    ),
    wrong: (got, full) =>
      got.body !== '' ||
      got.fields.has('content-length') ||
      got.fields.has('content-type') ||
      differing(
        'cache-control',
        'cache-status',
        'etag',
        'last-modified',
        'link',
        'x-synced-at',
      )(got, full),
  },
  {
    id: 'RFC 9110, 13.1.1',
    claim: 'If-Match with another tag: 412',
    verdict: 'otherwise',
    why: 'it guards changes, and there is nothing to change; a cache whose key is the URL would keep the 412 for everybody',
    fields: () => [['if-match', ELSEWHERE]],
    status: 200,
    wrong: (got, full) => got.body !== full.body,
  },
  {
    id: 'RFC 9110, 13.1.4',
    claim: 'If-Unmodified-Since with an earlier date: 412',
    verdict: 'otherwise',
    why: 'as with If-Match',
    fields: ({ changedAt }) => [['if-unmodified-since', seconds(changedAt, -5000).toUTCString()]],
    status: 200,
    wrong: (got, full) => got.body !== full.body,
  },
  {
    id: 'RFC 9110, 15.5.6',
    claim: 'a 405 says what is allowed',
    verdict: 'held',
    method: 'DELETE',
    fields: () => [],
    status: 405,
    wrong: (got) => got.fields.get('allow') !== 'GET, HEAD, OPTIONS',
  },
  {
    id: 'RFC 9110, 9.3.8',
    claim: 'TRACE repeats nothing',
    verdict: 'held',
    method: 'TRACE',
    fields: () => [['x-secret', 'not-to-be-repeated']],
    status: 405,
    wrong: (got) => got.body.includes('not-to-be-repeated'),
  },
  {
    id: 'RFC 9112, 3.2',
    claim: 'a Host that is none: 400, kept by nobody',
    verdict: 'held',
    host: 'a/v1/models/none?',
    fields: () => [],
    status: 400,
    wrong: (got) => got.fields.get('cache-control') !== 'no-store',
  },
  ...passed('the edge in front of a Worker writes it', [
    'RFC 9110, 6.6.1',
    'an answer has a `Date`',
  ]),
]

/** The cases as a table, for readers. */
export function table(): string {
  const rows = cases.map(({ id, claim, verdict, why }) => {
    const said = why === undefined ? verdict : `${verdict}: ${why}`
    return `| ${id} | ${claim} | ${said} |`
  })
  return ['| Case | What | |', '| --- | --- | --- |', ...rows].join('\n')
}
