import { fitsWhole } from './wildcard.ts'

/** A character, or a test of one; a star is any number of them. */
type Part = string | ((character: string) => boolean)
type Segment = '**' | readonly Part[]

interface Rule {
  readonly source: string
  readonly isNegated: boolean
  readonly isOfFolders: boolean
  readonly segments: readonly Segment[]
}

const STAR: Part = () => false
const ANY: Part = () => true

/** Paths in the language of `.gitignore`, for that file and for the configuration. */
export class Patterns {
  readonly #rules: readonly Rule[]

  constructor(lines: readonly string[]) {
    this.#rules = lines.flatMap((line) => ruleOf(line) ?? [])
  }

  /** The last pattern that fits this very path, not one of the folders above it. */
  #fitting(path: string, isFolder: boolean): Rule | undefined {
    const names = path.split('/')
    return this.#rules.findLast(
      ({ isOfFolders, segments }) =>
        (isFolder || !isOfFolders) && fitsWhole(names, segments, isAnyDepth, fitsName),
    )
  }

  /** Whether they mean this very path; undefined where they say nothing of it. */
  says(path: string, isFolder: boolean): boolean | undefined {
    const rule = this.#fitting(path, isFolder)
    return rule && !rule.isNegated
  }

  /** The pattern that means a file, or a folder above it. */
  meaning(path: string): string | undefined {
    for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) {
      const folder = this.#fitting(path.slice(0, end), true)
      if (folder && !folder.isNegated) return folder.source
    }
    const file = this.#fitting(path, false)
    return file && !file.isNegated ? file.source : undefined
  }
}

function isAnyDepth(segment: Segment): boolean {
  return segment === '**'
}

function fitsName(segment: Segment, name: string): boolean {
  return segment !== '**' && fitsWhole(name, segment, isStar, fitsCharacter)
}

function isStar(part: Part): boolean {
  return part === STAR
}

function fitsCharacter(part: Part, character: string): boolean {
  return typeof part === 'string' ? part === character : part(character)
}

function ruleOf(line: string): Rule | undefined {
  const source = line.replace(/\r$/, '').replace(/(?<![\\ ]) +$/, '')
  if (source === '' || source.startsWith('#')) return undefined
  const isNegated = source.startsWith('!')
  const body = source.slice(isNegated ? 1 : 0)
  const isOfFolders = body.endsWith('/')
  const names = body.replace(/\/$/, '').split('/')
  if (names[0] === '') names.shift()
  else if (names.length === 1) names.unshift('**')
  // `a/**` is all that is in `a`, and not `a`.
  if (names.at(-1) === '**') names.splice(-1, 1, '*', '**')
  const segments = names.map((name) => (name === '**' ? name : partsOf(name)))
  return { source, isNegated, isOfFolders, segments }
}

function partsOf(name: string): readonly Part[] {
  const parts: Part[] = []
  for (let at = 0; at < name.length; at += 1) {
    const character = name.charAt(at)
    const set = character === '[' ? classAt(name, at) : undefined
    if (character === '*') parts.push(STAR)
    else if (character === '?') parts.push(ANY)
    else if (set) {
      parts.push(set.part)
      at = set.end
    } else {
      if (character === '\\') at += 1
      parts.push(name.charAt(at))
    }
  }
  return parts
}

/** `[a-z_]`, `[!0-9]`, and what ends it; undefined where nothing does. */
function classAt(name: string, start: number): { part: Part; end: number } | undefined {
  const isNegated = /^[!^]/.test(name.slice(start + 1))
  const first = start + (isNegated ? 2 : 1)
  const ranges: (readonly [string, string])[] = []
  let at = first
  // A bracket that comes first is one of the characters.
  while (at === first || name[at] !== ']') {
    if (at >= name.length) return undefined
    const from = character()
    const isRange = name[at] === '-' && at + 1 < name.length && name[at + 1] !== ']'
    if (isRange) at += 1
    ranges.push([from, isRange ? character() : from])
  }
  const part: Part = (given) =>
    isNegated !== ranges.some(([from, to]) => from <= given && given <= to)
  return { part, end: at }

  function character(): string {
    if (name[at] === '\\') at += 1
    at += 1
    return name.charAt(at - 1)
  }
}
