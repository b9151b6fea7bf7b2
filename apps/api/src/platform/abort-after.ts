import type { Platform } from './platform.ts'

/** A signal that aborts with this reason after so long, unless it is ended before. */
export function abortAfter(
  { sleep }: Pick<Platform, 'sleep'>,
  ms: number,
  reason: () => Error,
): { readonly signal: AbortSignal; readonly end: () => void } {
  const late = new AbortController()
  const ended = new AbortController()
  sleep(ms, ended.signal).then(
    () => late.abort(reason()),
    () => undefined, // it was ended
  )
  return { signal: late.signal, end: () => ended.abort() }
}
