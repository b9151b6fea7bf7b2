interface Report {
  readonly error?: { readonly code?: string; readonly message?: string }
  readonly advisories?: Readonly<
    Record<
      string,
      { readonly module_name: string; readonly title: string; readonly severity: string }
    >
  >
}

/** What an audit says: its findings, or why there was none. */
export type Verdict = { readonly findings: readonly string[] } | { readonly unavailable: string }

/** Reads what `pnpm audit --json` has written. A registry need not have audits; that is no finding. */
export function auditVerdict(output: string): Verdict {
  let report: Report
  try {
    report = JSON.parse(output) as Report
  } catch {
    return { unavailable: 'the audit wrote no report' }
  }
  if (report.error) return { unavailable: report.error.code ?? 'the audit failed' }
  if (!report.advisories) return { unavailable: 'the report has no list of advisories' }
  return {
    findings: Object.values(report.advisories).map(
      ({ module_name, severity, title }) => `${module_name} (${severity}): ${title}`,
    ),
  }
}
