import { expect, test } from 'vitest'
import { Answer } from '../http/answer.ts'
import { Answers } from './answers.ts'

const MAX_ANSWERS = 256
const MAX_CHARACTERS = 8 * 1024 * 1024
const half = MAX_CHARACTERS / 2

function answerOf(length: number): Answer {
  return new Answer({ status: 200, body: ' '.repeat(length), shared: new Headers() })
}

test('one too many, and the one goes that was not asked for longest', () => {
  const answers = new Answers()
  const urls = Array.from({ length: MAX_ANSWERS }, (_, index) => `/${index}`)
  for (const url of urls) answers.remember(url, answerOf(1))
  answers.get('/0')
  answers.remember('/1', answerOf(1)) // it is there: this is no asking for it
  answers.remember('/new', answerOf(1))
  expect(urls.filter((url) => !answers.get(url))).toEqual(['/1'])
})

test.each([
  ['is all that there is room for', [1, MAX_CHARACTERS], 'b'],
  ['is more than there is room for', [1, MAX_CHARACTERS + 1], 'a'],
  ['fits in', [half, half, 0], 'abc'],
  ['pushes out the first, and leaves its room', [half, half, 1, half - 1], 'bcd'],
])('an answer that %s: of %j stay %s', (_, sizes, kept) => {
  const answers = new Answers()
  const stay = (): string =>
    Array.from('abcd')
      .filter((url) => answers.get(url))
      .join('')
  // Once all is forgotten, there is room again.
  for (let round = 0; round < 2; round += 1) {
    expect(stay()).toBe('')
    for (const [index, size] of sizes.entries())
      answers.remember('abcd'.charAt(index), answerOf(size))
    expect(stay()).toBe(kept)
    answers.forget()
  }
})

test('who asks for the second time lately is told from who asks for the first', () => {
  const answers = new Answers()
  expect([1, 2, 3].map(() => answers.isAskedAgain('/a'))).toEqual([false, true, false])
  for (let other = 0; other < 1023; other += 1) answers.isAskedAgain(`/${other}`)
  expect(answers.isAskedAgain('/a')).toBe(true)
  // Of a larger crowd, not all are noted.
  for (let other = 0; other < 1024; other += 1) answers.isAskedAgain(`/more/${other}`)
  expect(answers.isAskedAgain('/1')).toBe(false)
})
