import { type Finding, STATUSES } from './finding.ts'
import { type Gate, isFailing } from './report.ts'

/** The findings that are about one model and say one thing of it. */
export interface Group {
  readonly first: Finding
  readonly findings: readonly Finding[]
  /** What stands in the files, each spelling once. */
  readonly texts: readonly string[]
  readonly isFailing: boolean
}

/** The findings by what they are about, the worst first. */
export function groupsOf(findings: readonly Finding[], gate: Gate): readonly Group[] {
  const byMeaning = new Map<string, Finding[]>()
  for (const finding of findings) {
    const { id, platform, retires_at, status } = finding
    const key = [status, platform, id, retires_at].join(' ')
    const alike = byMeaning.get(key)
    if (alike) alike.push(finding)
    else byMeaning.set(key, [finding])
  }
  return [...byMeaning.values()]
    .flatMap((alike) => {
      const [first] = alike
      const texts = [...new Set(alike.map(({ text }) => text))]
      return first ? [{ first, findings: alike, texts, isFailing: isFailing(first, gate) }] : []
    })
    .toSorted((one, other) => rank(one) - rank(other) || daysLeft(one) - daysLeft(other))
}

function rank({ first }: Group): number {
  return STATUSES.indexOf(first.status)
}

function daysLeft({ first }: Group): number {
  return first.days_left ?? 1e9
}
