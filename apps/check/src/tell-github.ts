import { type Group, groupsOf } from './groups.ts'
import { printable } from './printable.ts'
import type { Gate, Report } from './report.ts'
import { count, standingWords } from './words.ts'

/** Annotations for GitHub Actions: one for a model, because no more than ten are shown. */
export function tellGithub({ findings }: Report, gate: Gate): string {
  return groupsOf(findings, gate)
    .map((group) => `${annotationOf(group)}\n`)
    .join('')
}

/** The counts, for the outputs of a step. */
export function githubOutputs({ summary }: Report): string {
  return Object.entries(summary)
    .map(([name, number]) => `${name.replaceAll('_', '-')}=${Number(number)}\n`)
    .join('')
}

function annotationOf({ findings, first, isFailing }: Group): string {
  const { column, line, path, successor, text } = first
  const level = isFailing ? 'error' : first.status === 'active' ? 'notice' : 'warning'
  const more = findings.length - 1
  const message = [
    `${text}: ${standingWords(first)}.`,
    ...(successor === null ? [] : [`The newest of its line is ${successor}.`]),
    ...(more > 0 ? [`And in ${count(more, 'more place')}.`] : []),
  ].join(' ')
  const title = property(`${first.status}: ${text}`)
  const place = `file=${property(path)},line=${line},col=${column}`
  return `::${level} ${place},title=${title}::${escaped(message)}`
}

/** As the runner decodes it. It would decode line breaks, too, but a log is read by people. */
function escaped(text: string): string {
  return printable(text).replaceAll('%', '%25')
}

function property(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
