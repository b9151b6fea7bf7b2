import { type Ask, checks } from './checks.ts'

// Asks a live service whether it does what it should: `pnpm run smoke https://models.example`.

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const [address = ''] = process.argv.slice(2)
const PATIENCE_MS = 15_000

if (!/^https?:\/\//.test(address) || !URL.canParse(address)) {
  process.stderr.write('Which service? pnpm run smoke https://models.example\n')
  process.exit(2)
}

const { origin, href } = new URL(address)
if (href !== `${origin}/`) {
  process.stderr.write(`Give the address without a path: pnpm run smoke ${origin}\n`)
  process.exit(2)
}
const ask: Ask = (path, init) =>
  fetch(origin + path, { ...init, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) })

let failures = 0
for (const { name, run } of checks) {
  try {
    const fact = await run(ask)
    say(`ok    ${name}${fact ? `: ${fact}` : ''}`)
  } catch (error) {
    failures += 1
    say(`FAIL  ${name}: ${sentence(error)}`)
  }
}
say(failures === 0 ? `${origin} is well.` : `${origin}: ${failures} of ${checks.length} failed.`)
process.exitCode = failures === 0 ? 0 : 1

function sentence(error: unknown): string {
  const { cause, message, name } = error instanceof Error ? error : new Error(String(error))
  if (name === 'TimeoutError') return `no answer within ${PATIENCE_MS / 1000} seconds`
  return cause instanceof Error ? `${message}: ${cause.message}` : message
}
