import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { ApiError, type Limits, type Send, withLimits } from '../src/index.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** How many of the references still lead somewhere, when all that can be collected is. */
async function kept(references: readonly WeakRef<object>[]): Promise<number> {
  let left = references.length
  // Some of what is kept is let go by finalizers of what was not.
  for (let round = 0; round < 10 && left > 0; round += 1) {
    await setImmediate()
    collectGarbage()
    left = references.filter((reference) => reference.deref()).length
  }
  return left
}

/** Sends a hundred requests, and hands back what would keep each of them alive. */
async function sendMany(request: Request, send: Send, limits?: Limits): Promise<WeakRef<object>[]> {
  const references: WeakRef<object>[] = []
  const watched: Send = (sent) => {
    references.push(new WeakRef(sent), new WeakRef(sent.signal))
    return send(sent)
  }
  for (let count = 0; count < 100; count += 1) {
    const outcome: object = await withLimits(
      watched,
      limits,
    )(request).catch((error: object) => error)
    references.push(new WeakRef(outcome))
  }
  return references
}

describe('the limits keep nothing of a request that has ended, as long as its signal lives', () => {
  test.each<[string, Send, Limits, typeof Response | typeof ApiError]>([
    ['with an answer', async () => new Response('whole'), {}, Response],
    ['without a body', async () => new Response(null, { status: 204 }), {}, Response],
    ['too late', () => new Promise(() => {}), { sleep: async () => {} }, ApiError],
    ['too large', async () => new Response('whole'), { maxBytes: 1 }, ApiError],
    [
      'with a failure',
      () => Promise.reject(new ApiError('lost', { type: 'api_error' })),
      {},
      ApiError,
    ],
  ])('%s', async (_, send, limits, outcome) => {
    const request = new Request('https://api.example', new AbortController())
    expect(await withLimits(send, limits)(request).catch((error: unknown) => error)).toBeInstanceOf(
      outcome,
    )
    const references = await sendMany(request, send, limits)
    expect(references).toHaveLength(300)
    expect(await kept(references)).toBe(0)
    expect(request.signal.aborted).toBe(false)
  })
})

test('what is kept is noticed', async () => {
  const request = new Request('https://api.example', new AbortController())
  const hoard: Response[] = []
  const send: Send = async () => {
    const response = new Response(null, { status: 204 })
    hoard.push(response)
    return response
  }
  expect(await kept(await sendMany(request, send))).toBeGreaterThanOrEqual(hoard.length)
})
