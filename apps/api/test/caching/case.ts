import type { Field, Got } from '../fuzz/client.ts'

/** The answer that a client has. */
export interface Held {
  readonly etag: string
  readonly changedAt: Date
}

interface Common {
  /** Of the public HTTP cache tests (cache-tests.fyi), or a section of an RFC. */
  readonly id: string
  readonly claim: string
}

export interface Tested extends Common {
  readonly verdict: 'held' | 'otherwise'
  /** Why it is otherwise than the id has it. */
  readonly why?: string
  readonly method?: string
  readonly target?: string
  readonly host?: string
  readonly fields: (held: Held) => readonly Field[]
  readonly status: number
  /** What is wrong with the answer beside its status; `full` is the one to a plain GET. */
  readonly wrong?: (got: Got, full: Got) => boolean
}

interface Passed extends Common {
  readonly verdict: 'not applicable'
  readonly why: string
}

export type Case = Tested | Passed

export const ELSEWHERE = '"0123456789abcdef"'
export const OTHER = '"fedcba9876543210"'

/** Whether one of these fields is not that of the plain GET. */
export function differing(...names: readonly string[]): (got: Got, full: Got) => boolean {
  return (got, full) => names.some((name) => got.fields.get(name) !== full.fields.get(name))
}

export function tags(
  id: string,
  claim: string,
  list: (tag: string) => string,
  status: 200 | 304,
): Tested {
  return {
    id,
    claim,
    verdict: 'held',
    fields: ({ etag }) => [['if-none-match', list(etag)]],
    status,
  }
}

export function since(
  id: string,
  claim: string,
  date: (at: Date) => string,
  status: 200 | 304,
): Tested {
  return {
    id,
    claim,
    verdict: 'held',
    fields: ({ changedAt }) => [['if-modified-since', date(changedAt)]],
    status,
  }
}

export function passed(
  why: string,
  ...ids: readonly (readonly [id: string, claim: string])[]
): Passed[] {
  return ids.map(([id, claim]) => ({ id, claim, verdict: 'not applicable', why }))
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** The date of RFC 850: `Sunday, 06-Nov-94 08:49:37 GMT`. */
export function rfc850(date: Date): string {
  const [, day, month, year = '', time] = date.toUTCString().split(' ')
  return `${DAYS[date.getUTCDay()]}, ${day}-${month}-${year.slice(2)} ${time} GMT`
}

/** The date of C: `Sun Nov  6 08:49:37 1994`. */
export function asctime(date: Date): string {
  const [name = '', day = '', month, year, time] = date.toUTCString().split(' ')
  return `${name.slice(0, 3)} ${month} ${day.replace(/^0/, ' ')} ${time} ${year}`
}

export function seconds(date: Date, more: number): Date {
  return new Date(Number(date) + more * 1000)
}
