import { expect, test } from 'vitest'
import { hiddenBy } from './hidden.ts'

test.each<[string | undefined, readonly string[], readonly string[]]>([
  ['claude-a', ['claude-a'], ['claude-a-1', 'x-claude-a', 'Claude-a']],
  ['claude-*', ['claude-', 'claude-a\nb'], ['x-claude-a']],
  ['*-preview', ['claude-preview'], ['claude-preview-2']],
  ['**', ['', 'x'], []],
  ['claude-?', ['claude-a'], ['claude-', 'claude-ab']],
  ['x, claude-* ,y', ['claude-a', 'x', 'y'], ['z']],
  [undefined, [], ['', 'x']],
  [' , ', [], ['', ' ', 'x']],
  // Every other character stands for itself.
  ['a.c|d+(e)[f]{2}^$\\w', ['a.c|d+(e)[f]{2}^$\\w'], ['abc', 'a.c', 'd+(e)[f]{2}^$\\w']],
])('%j hides %j, and not %j', (globs, hidden, shown) => {
  const isHidden = hiddenBy(globs)
  expect(hidden.filter((id) => !isHidden(id))).toEqual([])
  expect(shown.filter((id) => isHidden(id))).toEqual([])
})
