import type { Got, Sent } from './client.ts'
import type { Expected } from './reference.ts'

const ofEvery: Expected['fields'] = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': /^[\w-]+(, [\w-]+)*$/,
  'cross-origin-resource-policy': 'cross-origin',
  'request-id': /^req_[1-9A-HJ-NP-Za-km-z0]{24}$/,
  'timing-allow-origin': '*',
}

/** What an answer has that the contract does not say, or has not although the contract says it. */
export function differences(sent: Sent, got: Got, expected: Expected): readonly string[] {
  const { body, fields, type } = expected
  const [id = '', changedAt = ''] = ['request-id', 'last-modified'].map((name) =>
    got.fields.get(name),
  )
  const is304 =
    typeof fields['etag'] === 'string' &&
    (has304(sent, fields['etag'], changedAt) ?? got.status === 304)
  const isHead = sent.method === 'HEAD'
  const size = typeof body === 'string' ? body : isHead ? undefined : got.body
  const length = size === undefined ? /^\d+$/ : String(Buffer.byteLength(size))
  const ofBody =
    type === undefined || is304 ? {} : { 'content-type': type, 'content-length': length }
  const wanted: Expected['fields'] = { ...ofEvery, ...fields, ...ofBody }
  // The runtime's own: whether it keeps the connection.
  const names = new Set([...Object.keys(wanted), ...got.fields.keys()])
  names.delete('connection')
  const wrong = [...names].filter((name) => !fits(got.fields.get(name), wanted[name]))
  const found = wrong.map((name) => `${name}: ${got.fields.get(name)}, not ${wanted[name]}`)
  const status = is304 ? 304 : expected.status
  if (got.status !== status) found.push(`status: ${got.status}, not ${status}`)
  const isRight =
    is304 || isHead
      ? got.body === ''
      : typeof body === 'string'
        ? got.body === body
        : body(got.body, id)
  if (!isRight) found.push(`body: ${got.body.slice(0, 300)}`)
  return found.map((each) => `${sent.method} ${sent.target.slice(0, 300)}: ${each}`)
}

function fits(value: string | undefined, wanted: RegExp | string | undefined): boolean {
  return wanted instanceof RegExp ? wanted.test(value ?? '') : value === wanted
}

const TAG = String.raw`(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"`
const TAGS = new RegExp(`^${TAG}(?:[ \\t]*,[ \\t]*${TAG})*$`)
const DATE = /^\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT$/

/**
 * Whether RFC 9110, 13 has a 304 for the request; undefined where it does not say, because a list of
 * tags that names the right one is no list of tags.
 */
function has304({ fields }: Sent, tag: string, changedAt: string): boolean | undefined {
  const [tags = '', since = ''] = ['if-none-match', 'if-modified-since'].map((wanted) => {
    const named = fields.filter(([name]) => name.toLowerCase() === wanted)
    return named.map(([, value]) => value).join(', ')
  })
  if (tags.trim() === '*') return true
  if (tags.trim() !== '') return tags.includes(tag) ? TAGS.test(tags.trim()) || undefined : false
  return DATE.test(since) && Date.parse(changedAt) <= Date.parse(since)
}
