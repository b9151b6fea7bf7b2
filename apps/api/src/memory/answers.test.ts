import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Answer } from '../http/answer.ts'
import { Answers } from './answers.ts'

const MAX_ANSWERS = 256
const MAX_BYTES = 8 * 1024 * 1024

function answerOf(byteLength: number): Answer {
  // Only its size counts here, and megabytes would take their time.
  return { status: 200, body: { byteLength } as Uint8Array, headers: new Headers() }
}

/** Those that are there, each asked for in turn. */
function kept(answers: Answers, urls: readonly string[]): readonly string[] {
  return urls.filter((url) => answers.get(url) !== undefined)
}

test('an answer is found by its exact URL', () => {
  const answers = new Answers()
  const answer = answerOf(1)
  answers.remember('/v1/models?limit=5', answer)
  expect(answers.get('/v1/models?limit=5')).toBe(answer)
  expect(answers.get('/v1/models?limit=05')).toBeUndefined()
})

test('one too many, and the one goes that was not asked for longest', () => {
  const answers = new Answers()
  const urls = Array.from({ length: MAX_ANSWERS }, (_, index) => `/${index}`)
  for (const url of urls) answers.remember(url, answerOf(1))
  answers.get('/0')
  answers.remember('/2', answerOf(1)) // it is there: this is no asking for it
  answers.remember('/new', answerOf(1))
  expect(kept(answers, [...urls, '/new'])).toEqual([...urls.filter((url) => url !== '/1'), '/new'])
})

test('neither a long address nor a large body pushes out the rest', () => {
  const answers = new Answers()
  const longest = `/${'x'.repeat(511)}`
  const tooLong = `${longest}x`
  answers.remember('/small', answerOf(1))
  answers.remember('/large', answerOf(MAX_BYTES + 1))
  answers.remember(tooLong, answerOf(1))
  expect(kept(answers, ['/small', '/large', tooLong])).toEqual(['/small'])
  answers.remember(longest, answerOf(MAX_BYTES))
  expect(kept(answers, ['/small', longest])).toEqual([longest])
})

test('forgotten, none is left, and there is room again', () => {
  const answers = new Answers()
  answers.remember('/a', answerOf(MAX_BYTES))
  answers.forget()
  expect(answers.get('/a')).toBeUndefined()
  answers.remember('/b', answerOf(MAX_BYTES - 1))
  answers.remember('/c', answerOf(1))
  expect(kept(answers, ['/b', '/c'])).toEqual(['/b', '/c'])
})

test('in any order of asking and remembering, those are kept that a simple list would keep', () => {
  const step = fc.record({
    url: fc.nat(7).map((index) => `/${index}`),
    size: fc.constantFrom(0, 1, MAX_BYTES / 4, MAX_BYTES / 2, MAX_BYTES),
    isAsked: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const answers = new Answers()
      let list: readonly { readonly url: string; readonly size: number }[] = []
      for (const { isAsked, size, url } of steps) {
        const there = list.find((each) => each.url === url)
        if (isAsked) {
          expect(answers.get(url)?.body.byteLength).toBe(there?.size)
          if (there) list = [...list.filter((each) => each !== there), there]
        } else {
          answers.remember(url, answerOf(size))
          if (!there) list = [...list, { url, size }]
        }
        while (list.reduce((sum, each) => sum + each.size, 0) > MAX_BYTES) list = list.slice(1)
      }
      const urls = list.map(({ url }) => url)
      expect(kept(answers, urls)).toEqual(urls)
      expect(
        kept(
          answers,
          Array.from({ length: 8 }, (_, index) => `/${index}`),
        ).length,
      ).toBe(urls.length)
    }),
    { numRuns: 300 },
  )
})
