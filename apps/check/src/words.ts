import type { Origin } from './catalog.ts'
import { type Finding, type Status, STATUSES } from './finding.ts'
import { OWNERS } from './platform.ts'
import type { Summary } from './report.ts'

/** `5 Aug 2026`, the same for every reader. */
function dayOf(date: string): string {
  return new Date(date).toUTCString().slice(5, 16).replace(/^0/, '')
}

/** `1,000`. Not by `toLocaleString`: that starts what knows all languages, and costs a good part of the start. */
export function amount(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',')
}

export function count(number: number, noun: string): string {
  return `${amount(number)} ${noun}${number === 1 ? '' : 's'}`
}

type Words = (finding: Finding, day: string | undefined) => string

const STANDINGS: Readonly<Record<Status, Words>> = {
  active: () => 'active',
  retired: (_, day) => (day ? `retired since ${day}` : 'retired'),
  overdue: (_, day) => `retires any day: it was due on ${day}`,
  deprecated: ({ days_left }, day) =>
    day ? `retires on ${day}: ${count(days_left ?? 0, 'day')} left` : 'deprecated, no day is set',
  unknown: ({ nearest }) =>
    nearest.length > 0 ? `unknown; nearest: ${nearest.join(', ')}` : 'unknown',
  unchecked: () => 'could not be checked',
  'other-platform': (finding) =>
    [ownerWords(finding), hintWords(finding)].filter(Boolean).join('; '),
}

/** Where a name stands, in a few words. */
export function standingWords(finding: Finding): string {
  const { retires_at, status } = finding
  return STANDINGS[status](finding, retires_at === null ? undefined : dayOf(retires_at))
}

/** Who decides about the names of another platform, and where. */
export function ownerWords({ page, platform }: Finding): string {
  return `${OWNERS[platform].name} decides${page ? `; see ${page}` : ''}`
}

/** What Anthropic's own day is worth there: a hint. */
export function hintWords({ id, retires_at }: Finding): string {
  return retires_at ? `Anthropic's own day for ${id} is ${dayOf(retires_at)}` : ''
}

/** `12 ids in 8 files, none is dying`, or how many are. */
export function summaryWords(summary: Summary): string {
  const { files, files_with_ids, ids } = summary
  if (ids === 0) return `No model id in ${count(files, 'file')}`
  const dying = STATUSES.filter((status) => status !== 'active' && summary[status] > 0)
  const counts = dying.map((status) => `${amount(summary[status])} ${status}`)
  const where = `${count(ids, 'id')} in ${count(files_with_ids, 'file')}`
  return `${where}, ${counts.length > 0 ? `in places: ${counts.join(', ')}` : 'none is dying'}`
}

/** `data 3 minutes old`, and why it is not younger. */
export function ageWords(origin: Origin, now: Date | number): string {
  const { from, source, synced_at, trouble } = origin
  if (source === 'history') {
    const known = 'only what was retired when this version was made is known'
    if (from === null) return `${known}; --from or ANTHROPIC_API_KEY says whom to ask`
    return `${known}: ${from} did not answer (${trouble})`
  }
  const age = `data ${spanOf(Number(now) - Date.parse(synced_at ?? ''))} old`
  return source === 'cache' ? `${age}: ${trouble}` : age
}

function spanOf(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000))
  if (minutes < 120) return count(minutes, 'minute')
  const hours = Math.round(minutes / 60)
  return hours < 48 ? count(hours, 'hour') : count(Math.round(hours / 24), 'day')
}
