import { expect, test } from 'vitest'
import { digest } from './digest.ts'

// Of the empty text, as every other tool writes it.
test('a digest is the beginning of the SHA-256, of a text as of its bytes', async () => {
  expect(await digest('')).toBe('e3b0c44298fc1c149afbf4c8996fb924')
  expect(await digest('ü')).toBe(await digest(new TextEncoder().encode('ü')))
})
