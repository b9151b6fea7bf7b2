import { type Finding, STATUSES } from './finding.ts'
import { OWNERS } from './platform.ts'
import { type Gate, isFailing } from './report.ts'

const PLATFORMS = Object.keys(OWNERS)

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
    .toSorted((one, other) => rank(one) - rank(other))
}

/** By standing, then by the days that are left, then by platform. */
function rank({ first: { days_left, platform, status } }: Group): number {
  return STATUSES.indexOf(status) * 1e9 + (days_left ?? 1e6) * 10 + PLATFORMS.indexOf(platform)
}
