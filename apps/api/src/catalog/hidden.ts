/** Whether an id is one of those that comma-separated globs hide: `*` is any text, `?` one character. */
export function hiddenBy(globs: string | undefined): (id: string) => boolean {
  const patterns = list(globs).map(
    (glob) =>
      new RegExp(
        `^${glob
          .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
          .replace(/\*+/g, '.*')
          .replace(/\?/g, '.')}$`,
        's',
      ),
  )
  return (id) => patterns.some((pattern) => pattern.test(id))
}

/** The parts of a comma-separated variable. */
export function list(text = ''): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
