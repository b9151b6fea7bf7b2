/** Markup that is safe to send. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Piece = Html | string | number | false | undefined | readonly Html[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const special = Object.keys(entities)

/** Markup as it is written, but for its indentation, and values as the text that they are. */
export function html(markup: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  const [first = '', ...rest] = withoutIndentation(markup)
  let text = first
  for (const [place, part] of rest.entries()) text += escaped(pieces[place]) + part
  return new Html(text)
}

/** Of each template once: a table has many rows. */
const seen = new WeakMap<TemplateStringsArray, readonly string[]>()

function withoutIndentation(markup: TemplateStringsArray): readonly string[] {
  const known = seen.get(markup)
  if (known) return known
  const parts = markup.map((part) => part.replace(/\n\s+/g, '\n'))
  seen.set(markup, parts)
  return parts
}

function escaped(piece: Piece): string {
  if (piece instanceof Html) return piece.text
  if (typeof piece === 'object') return piece.map((each) => each.text).join('')
  if (piece === undefined || piece === false) return ''
  const text = String(piece)
  // Most texts have none of them, and a fresh isolate is slow with patterns.
  const isPlain = special.every((character) => !text.includes(character))
  return isPlain ? text : text.replace(/[&<>"']/g, (character) => entities[character] ?? '')
}
