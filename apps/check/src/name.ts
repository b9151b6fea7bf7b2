/** What the parts of a model's name say, in whatever order and with whatever marks a platform writes them. */
export interface Name {
  readonly text: string
  /** `opus`, or a word that may be no line at all: whoever knows the lines decides. */
  readonly line: string | undefined
  /** Major and minor, or more than an id has. None where the name says only that it is the latest. */
  readonly version: readonly number[]
  readonly date: string | undefined
  /** The version is written with a dot, as Anthropic wrote it only before Claude 3. */
  readonly isDotted: boolean
  /** The name ends in `latest`. */
  readonly isLatest: boolean
  /** `thinking`, `fast` and the like, which are settings and no part of Anthropic's ids. */
  readonly variant: string | undefined
  /** The 1 of `-v1`: how often Amazon or Google issued it. */
  readonly edition: number | undefined
}

export const VARIANTS: ReadonlySet<string> = new Set(
  'beta exacto extended fast floor free high low max medium nitro online preview thinking thought'.split(
    ' ',
  ),
)

/** Reads `claude-…`. Undefined is what cannot be the name of a model: `claude-code`, `claude-3-opus-notes`. */
export function readName(text: string): Name | undefined {
  let line: string | undefined
  let variant: string | undefined
  let date: string | undefined
  let edition: number | undefined
  let isLatest = false
  let isDotted = false
  const version: number[] = []
  for (const part of text.split('-').slice(1)) {
    if (/^\d+(\.\d+)*$/.test(part)) {
      if (part.length > 4 && !part.includes('.')) {
        if (date !== undefined) return undefined
        date = part
        continue
      }
      isDotted ||= part.includes('.')
      version.push(...part.split('.').map(Number))
      continue
    }
    const [, issue, minor] = /^v(\d)(?:\.(\d))?$/.exec(part) ?? []
    if (issue !== undefined && edition === undefined) {
      edition = Number(issue)
      // The names of the first models: `claude-v1.3`.
      if (minor !== undefined) version.push(edition, Number(minor))
      continue
    }
    if (part === 'latest' && !isLatest) isLatest = true
    else if (VARIANTS.has(part) && variant === undefined) variant = part
    else if (/^[a-z]{3,}$/.test(part) && line === undefined) line = part
    else return undefined
  }
  const name = { text, line, version, date, isDotted, isLatest, variant, edition }
  return isOfAModel(name) ? name : undefined
}

/** From Claude 3 on a model is of a line: `claude-3` alone is a family, and `claude-max-2` nothing. */
function isOfAModel({ line, version, edition, isLatest, variant }: Name): boolean {
  if (version.length > 3) return false
  if (line !== undefined) return version.length > 0 || edition !== undefined || isLatest
  const major = version[0] ?? edition
  return (major === 1 || major === 2) && version.length < 3 && variant === undefined
}

/** The same for all spellings of a model, but for its date: 4 is 4.0, and the line stands where it will. */
export function versionOf({ line, version, edition }: Name): string {
  const [major = edition, minor = 0] = version
  return `${line ?? ''} ${major}.${minor}`
}
