import { smoke } from './smoke.ts'

// Asks a live service whether it does what it should: `pnpm run smoke https://models.example`.

const [given = ''] = process.argv.slice(2)

/** The address with its scheme. A service on this machine speaks no TLS. */
function addressOf(text: string): string {
  if (!/^[\w.-]+(?::\d+)?(?:\/|$)/.test(text)) return text
  return `${/^(?:localhost|127\.)/.test(text) ? 'http' : 'https'}://${text}`
}

const url = URL.parse(addressOf(given))
if (!url || !/^https?:$/.test(url.protocol)) {
  process.stderr.write('Which service? pnpm run smoke https://models.example\n')
  process.exit(2)
}
const { origin, href } = url
if (href !== `${origin}/`) {
  process.stderr.write(`Give the address without a path: pnpm run smoke ${origin}\n`)
  process.exit(2)
}
const isWell = await smoke(origin, (line) => process.stdout.write(`${line}\n`))
process.exitCode = isWell ? 0 : 1
