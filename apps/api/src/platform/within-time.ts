import type { Platform } from './platform.ts'

/** The promise's outcome, or an error when it takes too long. */
export async function withinTime<Value>(
  { sleep }: Pick<Platform, 'sleep'>,
  ms: number,
  promise: Promise<Value>,
): Promise<Value> {
  const done = new AbortController()
  const late = sleep(ms, done.signal).then(() => {
    throw new Error(`No answer within ${ms} ms`)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    done.abort()
  }
}
