import { badRequest } from '../http/client-error.ts'

const MAX_NAME = 256

/** The name in a part of a path. It is long enough to be looked for, and not too long. */
export function nameIn(encoded: string, parameter: string): string {
  const name = decode(encoded, parameter)
  if (name.length <= MAX_NAME) return name
  throw badRequest(`${parameter}: Input should have at most ${MAX_NAME} characters`)
}

function decode(encoded: string, parameter: string): string {
  try {
    return decodeURIComponent(encoded)
  } catch {
    throw badRequest(`${parameter}: Input should be percent-encoded UTF-8`)
  }
}
