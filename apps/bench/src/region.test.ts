import { expect, test } from 'vitest'
import { replaceRegion } from './region.ts'

const text = `# Title

<!-- figures -->

old

<!-- /figures -->

The end, which costs $1.
`

test('only what stands in the region is replaced', () => {
  expect(replaceRegion(text, 'figures', 'new $& $1\n')).toBe(text.replace('old', () => 'new $& $1'))
})

test('writing the same twice changes nothing', () => {
  const once = replaceRegion(text, 'figures', 'new')
  expect(replaceRegion(once, 'figures', 'new')).toBe(once)
})

test.each(['none', '/figures'])('a region that is not there is a mistake: %s', (name) => {
  expect(() => replaceRegion(text, name, '')).toThrow(name)
})
