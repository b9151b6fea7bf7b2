import { type Ask, checks } from './checks.ts'

const PATIENCE_MS = 15_000

/** Asks the service at this origin whether it does what it should, says what it finds, and whether all is well. */
export async function smoke(origin: string, say: (line: string) => void): Promise<boolean> {
  let failures = 0
  for (const { name, run } of checks) {
    try {
      const fact = await run(askOf(origin))
      say(`ok    ${name}${fact ? `: ${fact}` : ''}`)
    } catch (error) {
      failures += 1
      say(`FAIL  ${name}: ${sentence(error)}`)
    }
  }
  say(failures === 0 ? `${origin} is well.` : `${origin}: ${failures} of ${checks.length} failed.`)
  return failures === 0
}

function askOf(origin: string): Ask {
  return async (path, init) => {
    const signal = AbortSignal.timeout(PATIENCE_MS)
    const response = await fetch(origin + path, { ...init, redirect: 'manual', signal })
    if (response.status !== 503 || path === '/health') return response
    // It says nothing about what a check looks for.
    throw new Error(`${path} answers 503: ${whyUnavailable(await response.text())}`)
  }
}

/** The service's own words; anybody else's are not repeated. */
function whyUnavailable(text: string): string {
  try {
    const { error } = JSON.parse(text) as { readonly error?: { readonly message?: string } }
    if (error?.message) return error.message
  } catch {
    // It is no JSON.
  }
  return 'not in the words of the service, so it comes from something in front of it'
}

function sentence(error: unknown): string {
  const { cause, message, name } = error instanceof Error ? error : new Error(String(error))
  if (name === 'TimeoutError') return `no answer within ${PATIENCE_MS / 1000} seconds`
  return cause instanceof Error ? `${message}: ${cause.message}` : message
}
