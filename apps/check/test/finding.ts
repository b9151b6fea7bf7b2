import type { Finding } from '../src/finding.ts'
import type { Report } from '../src/report.ts'
import { countOf } from '../src/report.ts'

/** A dead model in a file, but for what is told otherwise. */
export function finding(more: Partial<Finding> = {}): Finding {
  return {
    path: 'a.ts',
    line: 1,
    column: 1,
    cell: null,
    text: 'claude-2.1',
    id: 'claude-2.1',
    platform: 'anthropic',
    status: 'retired',
    retires_at: '2025-07-21T00:00:00Z',
    days_left: null,
    nearest: [],
    successor: null,
    page: null,
    ...more,
  }
}

/** What is said of these findings, but for what is told otherwise. */
export function report(findings: readonly Finding[], more: Partial<Report> = {}): Report {
  const summary = { files: 3, files_with_ids: 2, ids: 1, failing: 0, ...countOf(findings) }
  return {
    version: 1,
    data: null,
    summary,
    skipped: [],
    idle_ignores: [],
    findings,
    moves: [],
    ...more,
  }
}
