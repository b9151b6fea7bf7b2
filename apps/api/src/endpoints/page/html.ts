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

/** Markup as it is written, but for its indentation, and values as the text that they are. */
export function html(markup: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  const [first = '', ...rest] = markup.map((part) => part.replace(/\n\s+/g, '\n'))
  return new Html(first + rest.map((part, index) => escaped(pieces[index]) + part).join(''))
}

function escaped(piece: Piece): string {
  if (piece instanceof Html) return piece.text
  if (typeof piece === 'object') return piece.map((each) => each.text).join('')
  if (piece === undefined || piece === false) return ''
  return String(piece).replace(/[&<>"']/g, (character) => entities[character] ?? '')
}
