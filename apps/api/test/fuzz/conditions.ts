import type { Sent } from './client.ts'

const TAG = String.raw`(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"`
const TAGS = new RegExp(`^${TAG}(?:[ \\t]*,[ \\t]*${TAG})*$`)
const DATE = /^\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT$/

/**
 * Whether RFC 9110, 13 has a 304 for the request; undefined where it does not say, because a list of
 * tags that names the right one is no list of tags.
 */
export function has304(sent: Sent, tag: string, changedAt: string): boolean | undefined {
  const tags = valuesOf(sent, 'if-none-match').trim()
  if (tags === '*') return true
  if (tags !== '') return tags.includes(tag) ? TAGS.test(tags) || undefined : false
  const since = valuesOf(sent, 'if-modified-since')
  return DATE.test(since) && Date.parse(changedAt) <= Date.parse(since)
}

function valuesOf({ fields }: Sent, wanted: string): string {
  const named = fields.filter(([name]) => name.toLowerCase() === wanted)
  return named.map(([, value]) => value).join(', ')
}
