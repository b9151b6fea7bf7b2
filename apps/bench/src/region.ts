/**
 * The text with the named region's content replaced: what stands between `<!-- name -->` and
 * `<!-- /name -->`, each on a line of its own.
 */
export function replaceRegion(text: string, name: string, content: string): string {
  const { start, end } = regionOf(text, name)
  return `${text.slice(0, start)}\n\n${content.trim()}\n\n${text.slice(end)}`
}

function regionOf(text: string, name: string): { readonly start: number; readonly end: number } {
  const [opening, closing] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const start = text.indexOf(opening) + opening.length
  const end = text.indexOf(closing)
  if (start < opening.length || end < start) throw new Error(`There is no region ${name}`)
  return { start, end }
}
