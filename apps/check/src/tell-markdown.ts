import { groupsOf } from './groups.ts'
import { printable } from './printable.ts'
import type { Gate, Report } from './report.ts'
import { ageWords, standingWords, summaryWords } from './words.ts'

const MAX_PLACES = 20

/** A report as a table, for a pull request or the summary of a job. */
export function tellMarkdown(report: Report, gate: Gate, now: Date | number): string {
  const { data, findings, summary } = report
  const rows = groupsOf(findings, gate).map(({ findings: alike, first, isFailing, texts }) => {
    const places = alike.slice(0, MAX_PLACES).map(({ line, path }) => code(`${path}:${line}`))
    const more = alike.length > MAX_PLACES ? ` and ${alike.length - MAX_PLACES} more` : ''
    const names = texts.map(code).join(' ')
    const to = first.successor === null ? '' : code(first.successor)
    const mark = isFailing ? '❌ ' : ''
    return `| ${names} | ${mark}${plain(standingWords(first))} | ${to} | ${places.join(' ')}${more} |`
  })
  const end = `${plain(summaryWords(summary))}${data ? `; ${plain(ageWords(data, now))}` : ''}.`
  if (rows.length === 0) return `${end}\n`
  return [
    '| In the files | Standing | Newest of its line | Where |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    end,
    '',
  ].join('\n')
}

/** Text of somebody else's can be neither markup nor a link, nor end a cell. `www.` alone makes a link. */
function plain(text: string): string {
  return printable(text).replace(
    /[\\`*_{}[\]<>()#+!|~@&:]|(?<=www)\./gi,
    (sign) => `&#${sign.charCodeAt(0)};`,
  )
}

/** In HTML, because nothing can be escaped between backticks. */
function code(text: string): string {
  return `<code>${plain(text)}</code>`
}
