import { fileURLToPath } from 'node:url'
import { portFrom, startOnPort } from './start-worker.ts'

try {
  const port = portFrom('UPSTREAM_PORT', 8788)
  await startOnPort({
    config: fileURLToPath(new URL('../wrangler.jsonc', import.meta.url)),
    port,
    portVariable: 'UPSTREAM_PORT',
  })
  const origin = `http://localhost:${port}`
  const headers = "-H 'x-api-key: stand-in-key' -H 'anthropic-version: 2023-06-01'"
  process.stdout.write(
    [
      `The stand-in for Anthropic's Models API listens on ${origin}. Try:`,
      `  curl ${headers} '${origin}/v1/models?limit=2'`,
      `  curl ${headers} ${origin}/v1/models/claude-haiku-4-5`,
      'Stop it with Ctrl+C.',
      '',
    ].join('\n'),
  )
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
