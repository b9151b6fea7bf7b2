/** A table of Markdown, its columns as wide as the widest cell, as the house's formatter writes it. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  for (const row of rows) {
    if (row.length !== head.length) throw new RangeError(`Expected ${head.length} cells in a row`)
  }
  const lines = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')))
  const widths = head.map((_, column) =>
    Math.max(3, ...lines.map((line) => line[column]?.length ?? 0)),
  )
  const [first = '', ...rest] = lines.map((line) => bars(line.map(pad)))
  // The first column names the row; figures line up on the right.
  const rule = widths.map((dashes, column) =>
    column === 0 ? '-'.repeat(dashes) : `${'-'.repeat(dashes - 1)}:`,
  )
  return [first, bars(rule), ...rest].join('\n')

  function pad(cell: string, column: number): string {
    const space = ' '.repeat((widths[column] ?? 0) - cell.length)
    return column === 0 ? cell + space : space + cell
  }
}

function bars(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}
