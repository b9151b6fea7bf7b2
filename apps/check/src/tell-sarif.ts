import { type Finding, STATUSES } from './finding.ts'
import { printable, printableJson } from './printable.ts'
import { type Gate, isFailing, type Report } from './report.ts'
import { standingWords } from './words.ts'

/** SARIF 2.1.0, as code scanning reads it. */
export function tellSarif(report: Report, gate: Gate, version: string): string {
  const rules = STATUSES.map((id) => ({ id, shortDescription: { text: `Model id: ${id}` } }))
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'models-edge-check', semanticVersion: version, rules } },
        columnKind: 'utf16CodeUnits',
        results: report.findings.map((finding) => resultOf(finding, gate)),
      },
    ],
  }
  return `${printableJson(log)}\n`
}

function resultOf(finding: Finding, gate: Gate): object {
  const { column, line, path, status, successor, text } = finding
  const next = successor === null ? '' : ` The newest of its line is ${successor}.`
  const region = { startLine: line, startColumn: column, endColumn: column + text.length }
  const uri = path.toWellFormed().split('/').map(encodeURIComponent).join('/')
  return {
    ruleId: status,
    level: levelOf(finding, gate),
    message: { text: printable(`${text}: ${standingWords(finding)}.${next}`) },
    locations: [{ physicalLocation: { artifactLocation: { uri }, region } }],
  }
}

function levelOf(finding: Finding, gate: Gate): 'error' | 'warning' | 'note' {
  if (isFailing(finding, gate)) return 'error'
  return ['retired', 'overdue', 'deprecated'].includes(finding.status) ? 'warning' : 'note'
}
