import { expect, test } from 'vitest'
import { cellsOf } from './notebook.ts'

/** In which cells an `@` is. */
function cellsAt(text: string): readonly (number | undefined)[] {
  const cellAt = cellsOf(text)
  return Array.from(text.matchAll(/@/g), ({ index }) => cellAt(index))
}

test.each<[string, readonly (number | undefined)[]]>([
  ['{"cells":[{"a":"@"},{"a":["@","@"]},{"a":"@"}]}', [1, 2, 2, 3]],
  // Brackets and quotes in strings are none.
  ['{"cells":[{"a":"]}[{\\"}]@"},{"a\\\\":"@"}]}', [1, 2]],
  ['{"cells":[{"a":{"b":["@"]},"c":"@"}]}', [1, 1]],
  // Only the cells of the notebook itself.
  ['{"a":"@","cells":[{"b":"@"}],"c":[{"d":"@"}],"e":"@"}', [undefined, 1, undefined, undefined]],
  ['{"a":{"cells":[{"b":"@"}]}}', [undefined]],
  ['{"cells":{"a":{"b":"@"}}}', [undefined]],
  ['{"other":[{"b":"@"}],"cells":[{"b":"@"}]}', [undefined, 1]],
  ['[["cells"],[{"b":"@"}]]', [undefined]],
  ['{"cells":["@",{"a":"@"}]}', [undefined, 1]],
  ['"@"', [undefined]],
  ['{"cells":[{"a":"@', [1]],
  ['{"cells":[{"a":"\\', []],
])('%s', (text, cells) => {
  expect(cellsAt(text)).toEqual(cells)
})

test('what ends too early has an end', () => {
  for (const text of ['{"cells":[{"a', '{"a\\', '{', '']) {
    expect(cellsOf(text)(100)).toBe(text.length > 10 ? 1 : undefined)
  }
})
