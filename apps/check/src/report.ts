import type { Origin } from './catalog.ts'
import { type Finding, type Status, STATUSES } from './finding.ts'
import type { Move } from './move.ts'

/** A file that was not read. */
export interface Skipped {
  readonly path: string
  readonly why: string
}

/** An ignore that ignores nothing: a comment in a file, or an entry of the configuration. */
export type Idle = { readonly path: string; readonly line: number } | { readonly entry: string }

export interface Report {
  readonly version: 1
  /** Null where no file names a model, so that nobody had to be asked. */
  readonly data: Origin | null
  readonly summary: Summary
  readonly skipped: readonly Skipped[]
  readonly idle_ignores: readonly Idle[]
  readonly findings: readonly Finding[]
  /** What would change, for each dying model that has a successor and is known well enough. */
  readonly moves: readonly Move[]
}

export interface Summary extends Readonly<Record<Status, number>> {
  /** How many files were read, and how many of them name a model. */
  readonly files: number
  readonly files_with_ids: number
  readonly ids: number
  /** How many of the findings are a failure. */
  readonly failing: number
}

export interface Gate {
  readonly failOn: readonly Status[]
  /** In days, for what is deprecated. */
  readonly within: number
}

export const GATE: Gate = { failOn: ['retired', 'overdue', 'deprecated'], within: 30 }

export function isFailing({ days_left, status }: Finding, { failOn, within }: Gate): boolean {
  if (!failOn.includes(status)) return false
  return status !== 'deprecated' || (days_left !== null && days_left <= within)
}

export function countOf(findings: readonly Finding[]): Readonly<Record<Status, number>> {
  const counts = STATUSES.map((each) => [
    each,
    findings.filter(({ status }) => status === each).length,
  ])
  return Object.fromEntries(counts) as Record<Status, number>
}

/** As linters do: 0 is clean, 1 has findings that fail, 2 is that it could not be checked. */
export function exitCodeOf({ summary }: Report): 0 | 1 | 2 {
  if (summary.failing > 0) return 1
  return summary.unchecked > 0 ? 2 : 0
}
