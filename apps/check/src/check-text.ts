import type { Catalog } from './catalog.ts'
import type { Finding, Verdict } from './finding.ts'
import { type Mention, mentionsIn } from './mention.ts'
import type { Platform } from './platform.ts'

export interface TextOptions {
  /** How the findings name the text. A path that ends in `.ipynb` is a notebook's. */
  readonly path?: string
  /** Whose spelling Anthropic's is in this text: Google's is the same. */
  readonly platform?: Platform
  /** The time to judge at: now, unless told. */
  readonly now?: Date | number
}

/** The models that a text names, in their order, but those that its comments ignore. */
export function checkText(
  text: string,
  catalog: Catalog,
  options: TextOptions = {},
): readonly Finding[] {
  const { path = '', platform = 'anthropic', now = new Date() } = options
  const { mentions } = mentionsIn(text, path.endsWith('.ipynb'))
  return mentions
    .filter(({ isIgnored }) => !isIgnored)
    .flatMap((mention) => {
      const verdict = catalog.verdictOf(mention, now, platform)
      return verdict ? [findingOf(path, mention, verdict)] : []
    })
}

export function findingOf(path: string, mention: Mention, verdict: Verdict): Finding {
  const { cell = null, column, line, text } = mention
  return { path, line, column, cell, text, ...verdict }
}
