import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { mentionsIn } from './mention.ts'
import { type Token, tokensOf } from './token.ts'

/** The same, slow and obvious: every word of every text, cut by an expression. */
function* slowTokensOf(text: string): Generator<Token, void, undefined> {
  let done = 0
  for (const { index, 0: run } of text.matchAll(/[\w.-]+/g)) {
    const inRun = run.indexOf('claude')
    if (inRun === -1) continue
    const start = index + inRun
    const word = run.slice(inRun)
    const near = run.slice(0, inRun)
    const [far = ''] = /[\w./:~-]*$/.exec(text.slice(done, index)) ?? []
    done = start + word.length
    yield { start, word, near, far }
  }
}

const SPACED =
  'claude claude- opus sonnet -4 .5 -20250514 latest -v1 :0 @2025 anthropic us. / : ~ - _ \\n %2F " * ${ [1m] 模 😀 claud laude x .'
const pieces = fc.constantFrom(...SPACED.split(' '), ' ', '\n', '\uFEFF', '\0', '\r\n')
const texts = fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join(''))

test('finds the words that an expression finds', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect([...tokensOf(text)]).toEqual([...slowTokensOf(text)])
    }),
    { numRuns: 3000 },
  )
})

test('what is found stands where it says, as a whole, and in order', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const body = text.replace(/^\uFEFF/, '')
      const lines = body.split('\n')
      let last = [0, 0]
      for (const { line, column, text: written } of mentionsIn(text).mentions) {
        const own = lines[line - 1]!
        expect(own.slice(column - 1, column - 1 + written.length)).toBe(written)
        // No letter, digit or dash is left over on either side, but those of an escape.
        expect(own.slice(column - 1 + written.length)).not.toMatch(/^[\w-]/)
        expect(own.slice(0, column - 1)).not.toMatch(/(?<![\\%][\w]*)\w$/)
        expect(line > last[0]! || column > last[1]!).toBe(true)
        last = [line, column]
      }
    }),
    { numRuns: 3000 },
  )
})

test('a word that is longer than the longest name is none, and what stands far before is far', () => {
  const longest = `claude-${'x'.repeat(93)}`
  expect([...tokensOf(`${longest} ${longest}x`)].map(({ word }) => word)).toEqual([longest])
  const [{ far, near } = { far: '', near: '' }] = tokensOf(
    `${'/'.repeat(300)}${'-'.repeat(100)}claude-2`,
  )
  expect([far.length, near.length]).toEqual([200, 100])
  const [, second] = tokensOf('claude-1/claude-2')
  expect(second).toMatchObject({ near: '', far: '/', start: 9 })
})

test.each([
  ['one word', 'claude-'],
  ['words of a path', 'claude/'],
  ['near, and no claude', 'anthropic.claud-'],
  ['dots', 'claude-opus-4@20250514....'],
  ['comments', 'models-check:   '],
])('reads each character a few times at the most: %s', (_, piece) => {
  // Steps are counted, not time: what is read is read through `charCodeAt`, `charAt` and `slice`.
  const size = 200_000
  const [once, twice] = [size, 2 * size].map((length) =>
    stepsOf(piece.repeat(length / piece.length)),
  )
  expect(twice! / once!).toBeLessThan(2.1)
  expect(once! / size).toBeLessThan(12)
})

/** How many characters `tokensOf` looks at. */
function stepsOf(text: string): number {
  let steps = 0
  const counted = {
    length: text.length,
    indexOf: (part: string, from = 0) => {
      const at = text.indexOf(part, from)
      steps += (at === -1 ? text.length : at) - from
      return at
    },
    charCodeAt: (at: number) => {
      steps += 1
      return text.charCodeAt(at)
    },
    slice: (from: number, to: number) => {
      steps += to - from
      return text.slice(from, to)
    },
  }
  for (const token of tokensOf(counted as unknown as string)) expect(token.word).toContain('claude')
  return steps
}
