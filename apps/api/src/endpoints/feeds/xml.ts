const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Text as XML 1.0 can hold it, in elements and in attributes: what it has no place for is replaced. */
export function xmlText(text: string): string {
  return (
    text
      .toWellFormed()
      // eslint-disable-next-line no-control-regex
      .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd')
      // A parser would make one line feed of each of them.
      .replace(/[\r\n\t]/g, ' ')
      .replace(/[&<>"']/g, (character) => entities[character] ?? '')
  )
}
