import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { type Limits, listModels, type Send, withLimits } from '../src/index.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** How many of a hundred requests, their signals and their ends are kept while the caller's request lives. */
async function kept(send: Send, limits: Limits = {}): Promise<number> {
  const request = new Request('https://api.example', new AbortController())
  const references: WeakRef<object>[] = []
  const watched: Send = (sent) => {
    references.push(new WeakRef(sent), new WeakRef(sent.signal))
    return send(sent)
  }
  const limited = withLimits(watched, limits)
  for (let count = 0; count < 100; count += 1) {
    references.push(new WeakRef(await limited(request).catch((error: object) => error)))
  }
  expect(references).toHaveLength(300)
  const left = await alive(references)
  expect(request.signal.aborted).toBe(false)
  return left
}

async function alive(references: readonly WeakRef<object>[]): Promise<number> {
  let left = references
  // Some of what is kept is let go by finalizers of what was not.
  for (let round = 0; round < 50 && left.length > 0; round += 1) {
    await setImmediate()
    collectGarbage()
    left = references.filter((reference) => reference.deref())
  }
  return left.length
}

const hoard: Response[] = []

test.each<[number, string, Send, Limits]>([
  [0, 'an answer', async () => new Response('whole'), {}],
  [0, 'an answer without a body', async () => new Response(null, { status: 204 }), {}],
  [0, 'a time limit', () => new Promise(() => {}), { sleep: async () => {} }],
  [0, 'an answer too large', async () => new Response('whole'), { maxBytes: 1 }],
  [0, 'a failure', () => Promise.reject(new Error('connection lost')), {}],
  // What is kept is noticed.
  [
    100,
    'an answer that the test keeps',
    async () => hoard[hoard.push(new Response(null)) - 1]!,
    {},
  ],
])('the limits keep %i of a hundred requests that ended with %s', async (left, _, send, limits) => {
  expect(await kept(send, limits)).toBe(left)
})

test.each<[string, Send, Limits]>([
  ['a time limit', () => new Promise(() => {}), { sleep: async () => {} }],
  ['a body that breaks off', async () => new Response(new ReadableStream({ pull: lost })), {}],
])('who keeps the errors of %s keeps no key', async (_, send, limits) => {
  const references: WeakRef<object>[] = []
  const errors = await Promise.all(Array.from({ length: 100 }, fail))
  expect(errors).toEqual(errors.map(() => expect.objectContaining({ name: 'ApiError' })))
  // The last ones may still lie on the stack.
  expect(await alive(references)).toBeLessThan(5)
  expect(errors).toHaveLength(100)

  function fail(): Promise<unknown> {
    const options = { apiKey: 'k' }
    references.push(new WeakRef(options))
    return listModels(withLimits(send, limits), {}, options)
      .next()
      .catch((error: unknown) => error)
  }
})

function lost(): never {
  throw new TypeError('connection lost')
}
