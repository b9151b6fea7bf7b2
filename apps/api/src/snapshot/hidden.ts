import { commaList } from './comma-list.ts'

/** Whether an id is one of those that comma-separated globs hide: `*` is any text, `?` one character. */
export function hiddenBy(globs: string | undefined): (id: string) => boolean {
  const patterns = commaList(globs).map(
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
