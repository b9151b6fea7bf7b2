const MAX_OCTETS = 75

/** A text as a value of iCalendar (RFC 5545, 3.3.11). */
export function escaped(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(/[\\;,]/g, String.raw`\$&`)
      .replace(/\r\n|[\r\n\u0085\u2028\u2029]/g, String.raw`\n`)
      // eslint-disable-next-line no-control-regex
      .replace(/[\0-\x08\x0b-\x1f\x7f]/g, '')
  )
}

/** Lines as they go over the wire: ended, and folded where they have too many octets, between characters. */
export function calendarText(lines: readonly string[]): string {
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

function folded(line: string): string {
  let text = ''
  let octets = 0
  for (const character of line) {
    const size = octetsOf(character)
    if (octets + size > MAX_OCTETS) {
      text += '\r\n '
      // The space counts, too.
      octets = 1
    }
    text += character
    octets += size
  }
  return text
}

/** In UTF-8. */
function octetsOf(character: string): number {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x80) return 1
  if (code < 0x800) return 2
  return code < 0x10000 ? 3 : 4
}
