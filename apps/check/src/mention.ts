import { cellsOf } from './notebook.ts'
import { type Place, Places } from './places.ts'
import { readSpelling, type Spelling } from './spelling.ts'
import { tokensOf } from './token.ts'

/** A name of a model in a text. */
export interface Mention extends Place, Pick<Spelling, 'platform' | 'name' | 'text'> {
  /** In which cell of a notebook, from 1. */
  readonly cell?: number
  readonly isIgnored: boolean
}

/** What a text says of models, before anything is known of them. */
export interface Mentions {
  readonly mentions: readonly Mention[]
  /** Lines with a comment that ignores nothing. */
  readonly idleIgnores: readonly number[]
}

const IGNORE = /models-check:[ \t]*ignore\b/g

/** All names of models in a text, in their order. */
export function mentionsIn(text: string, isNotebook = false): Mentions {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text
  const ignores = ignoresOf(body)
  const used = new Set<number>()
  const places = new Places(body)
  let cells: ReturnType<typeof cellsOf> | undefined
  const mentions: Mention[] = []
  for (const token of tokensOf(body)) {
    const spelling = readSpelling(body, token)
    if (!spelling) continue
    const { name, platform, start, text: written } = spelling
    const place = places.at(start)
    const ignore = [place.line, place.line - 1].find((line) => ignores.has(line))
    if (ignore !== undefined) used.add(ignore)
    const isIgnored = ignore !== undefined
    cells ??= cellsOf(isNotebook ? body : '')
    const cell = cells(start)
    mentions.push({ ...place, name, platform, text: written, isIgnored, ...(cell && { cell }) })
  }
  return { mentions, idleIgnores: [...ignores].filter((line) => !used.has(line)) }
}

function ignoresOf(text: string): ReadonlySet<number> {
  const places = new Places(text)
  return new Set(Array.from(text.matchAll(IGNORE), ({ index }) => places.at(index).line))
}
