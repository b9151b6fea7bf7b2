import { piece } from './piece.ts'

const css =
  ':host,li{display:block;overflow-wrap:anywhere}' +
  'ul{display:grid;grid:auto/repeat(auto-fill,minmax(min(16em,100%),1fr));gap:1em;padding:0}' +
  // What is empty leaves the page's own words where they are.
  'ul:empty,button:empty,ul:not(:empty)+slot{display:none}' +
  'li,button{border:1px solid var(--model-rule,#8884);border-radius:1em}' +
  'li{padding:1em}' +
  'button{padding:0 1em;background:none;color:inherit;font-family:inherit}' +
  'bdi{font-weight:bold}' +
  // A block that is no wider than its text.
  'b{display:table;color:var(--model-accent,light-dark(#850,#fb5))}' +
  // A block of its own keeps its number and its word together, and in their order, also from right to left.
  'span{display:inline-block}' +
  'b,span,output{unicode-bidi:plaintext}' +
  'code,span,button{margin-inline-end:1em}' +
  'b,button,div,output{font-size:.85em}' +
  'code,div,output{opacity:var(--model-muted,.75)}'

/** Gives a list its looks, without breaking a strict Content-Security-Policy where that is possible. */
export function styleList(root: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    root.adoptedStyleSheets = [sheet]
  } catch {
    // Safari before 16.4 and Firefox before 101 know no sheets that a script makes.
    root.append(piece('style', '', css))
  }
}
