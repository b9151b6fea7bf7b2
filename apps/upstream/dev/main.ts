import { fileURLToPath } from 'node:url'
import { portFrom, startOnPort } from './start-worker.ts'

try {
  const url = await startOnPort({
    config: fileURLToPath(new URL('../wrangler.jsonc', import.meta.url)),
    port: portFrom('UPSTREAM_PORT', 8788),
    portVariable: 'UPSTREAM_PORT',
  })
  const headers = "-H 'x-api-key: stand-in-key' -H 'anthropic-version: 2023-06-01'"
  process.stdout.write(
    [
      `The stand-in for Anthropic's Models API listens on ${url.origin}. Try:`,
      `  curl ${headers} '${url.origin}/v1/models?limit=2'`,
      `  curl ${headers} ${url.origin}/v1/models/claude-haiku-4-5`,
      'Stop it with Ctrl+C.',
      '',
    ].join('\n'),
  )
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
