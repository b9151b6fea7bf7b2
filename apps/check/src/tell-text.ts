import type { Finding } from './finding.ts'
import { type Group, groupsOf } from './groups.ts'
import { printable } from './printable.ts'
import type { Gate, Report } from './report.ts'
import { ageWords, count, hintWords, ownerWords, standingWords, summaryWords } from './words.ts'

const MAX_PLACES = 5

export interface TextStyle {
  readonly gate: Gate
  readonly hasColour: boolean
  readonly now: Date | number
}

/** A report for people, in lines. */
export function tellText(report: Report, { gate, hasColour, now }: TextStyle): string {
  const paint = hasColour ? painted : (text: string): string => text
  const groups = groupsOf(report.findings, gate)
  const width = Math.max(
    0,
    ...groups.map((group) => nameOf(group).length).filter((size) => size < 60),
  )
  let owner = ''
  const lines = groups.flatMap((group) => {
    const { first } = group
    const isElsewhere = first.status === 'other-platform'
    // What a platform decides is said once for all its names.
    const heading = isElsewhere && owner !== first.platform ? [ownerWords(first), ''] : []
    owner = first.platform
    const words = isElsewhere ? hintWords(first) : standingWords(first)
    const name = paint(printable(nameOf(group).padEnd(words ? width : 0)), 'bold')
    return [
      ...heading,
      words ? `${name}  ${paint(printable(words), colourOf(group))}` : name,
      ...placesOf(group.findings).map((place) => paint(`    ${place}`, 'dim')),
      ...movesOf(first, report).map((move) => `    ${move}`),
      '',
    ]
  })
  return [...lines, ...notesOf(report), `${endOf(report, now)}.`, ''].join('\n')
}

function nameOf({ first, texts }: Group): string {
  const spelled = texts.slice(0, 2).join(', ') + (texts.length > 2 ? ', …' : '')
  return texts.includes(first.id) || first.platform !== 'anthropic'
    ? spelled
    : `${spelled} (${first.id})`
}

function placesOf(findings: readonly Finding[]): readonly string[] {
  const places = findings.slice(0, MAX_PLACES).map(({ cell, column, line, path }) => {
    const inCell = cell === null ? '' : ` (cell ${cell})`
    return `${printable(path)}:${line}:${column}${inCell}`
  })
  const more = findings.length - places.length
  return more > 0 ? [...places, `and in ${count(more, 'more place')}`] : places
}

function movesOf({ id, successor }: Finding, { moves }: Report): readonly string[] {
  if (successor === null) return []
  const move = moves.find(({ from, to }) => from === id && to === successor)
  const changes = move?.changes.length ? `: ${move.changes.join('; ')}` : ''
  return [`→ ${printable(successor + changes)}`]
}

/** From 4.6 on: before, Anthropic's ids end in a date and Google's in `@` and a date. */
const AS_GOOGLES = /^claude-[a-z]+-\d+(-\d{1,2})?$/

function notesOf({ findings, idle_ignores, moves, skipped }: Report): readonly string[] {
  const whys = new Map<string, number>()
  for (const { why } of skipped) whys.set(why, (whys.get(why) ?? 0) + 1)
  const told = Array.from(whys, ([why, times]) => `${times} × ${why}`)
  const [first] = moves
  return [
    ...(first ? [`What the data does not tell of a move: ${first.not_told.join(', ')}.`] : []),
    ...(findings.some(({ id, successor }) => successor !== null && AS_GOOGLES.test(id))
      ? ['Google spells ids from 4.6 on likewise: "platforms" in the configuration says where.']
      : []),
    ...(told.length > 0 ? [`Not read: ${printable(told.join(', '))}.`] : []),
    ...idle_ignores.map((idle) =>
      printable(
        'entry' in idle
          ? `The configuration ignores ${idle.entry}, which is nowhere.`
          : `${idle.path}:${idle.line}: this comment ignores nothing.`,
      ),
    ),
  ]
}

function endOf({ data, summary }: Report, now: Date | number): string {
  const words = summaryWords(summary)
  return data ? `${words}; ${printable(ageWords(data, now))}` : words
}

type Colour = 'bold' | 'dim' | 'red' | 'yellow' | 'cyan' | 'green'

const CODES: Readonly<Record<Colour, number>> = {
  bold: 1,
  dim: 2,
  red: 31,
  green: 32,
  yellow: 33,
  cyan: 36,
}

function painted(text: string, colour: Colour): string {
  return `\u001B[${CODES[colour]}m${text}\u001B[0m`
}

function colourOf({ first: { status }, isFailing }: Group): Colour {
  if (isFailing) return 'red'
  if (status === 'active') return 'green'
  return status === 'other-platform' || status === 'unchecked' ? 'cyan' : 'yellow'
}
