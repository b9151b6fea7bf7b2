import { fileURLToPath } from 'node:url'
import type { LifecycleDocument } from '@models-edge/core'
import { startOnPort } from '@models-edge/upstream/start-worker'
import { unstable_readConfig as readConfig } from 'wrangler'
import { CRON_MS } from '../src/timing.ts'
import { serveApart } from './apart.ts'
import { given, portFrom, setting, upstreamAddress } from './settings.ts'
import { inWords } from './sync-event.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)

function pathOf(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url))
}

interface Upstream {
  readonly baseURL: string
  readonly apiKey: string
  /** Of the stand-in, which can go to another day. */
  readonly standIn?: string
}

interface Health {
  readonly last_failure: { readonly reason: string } | null
}

/** Where the models come from: Anthropic where there is a key, else a stand-in that is started here. */
async function chooseUpstream(): Promise<Upstream> {
  const apiKey = setting('ANTHROPIC_API_KEY')
  if (apiKey) {
    const baseURL = upstreamAddress()
    say(`The models come from ${baseURL}, with your ANTHROPIC_API_KEY.`)
    return { apiKey, baseURL }
  }
  const port = portFrom(['UPSTREAM_PORT'], 8788)
  await startOnPort({
    config: fileURLToPath(import.meta.resolve('@models-edge/upstream/wrangler.jsonc')),
    port,
    portVariable: 'UPSTREAM_PORT',
  })
  say(`No ANTHROPIC_API_KEY is set: the models come from a stand-in, http://localhost:${port}.`)
  const standIn = `http://localhost:${port}`
  return { apiKey: 'stand-in-key', baseURL: `http://127.0.0.1:${port}`, standIn }
}

async function main(): Promise<void> {
  const port = portFrom(['API_PORT'], 8787)
  const upstream = await chooseUpstream()
  const config = pathOf('../../../wrangler.jsonc')
  const variables = Object.entries(given(Object.keys(readConfig({ config }).vars)))
  const worker = await startOnPort({
    config,
    port,
    portVariable: 'API_PORT',
    bindings: {
      ...Object.fromEntries(
        variables.map(([name, value]) => [name, { type: 'plain_text', value }]),
      ),
      ANTHROPIC_API_KEY: { type: 'secret_text', value: upstream.apiKey },
      ANTHROPIC_BASE_URL: { type: 'plain_text', value: upstream.baseURL },
    },
    onLog: (line) => say(`${new Date().toLocaleTimeString('en-GB')}  ${inWords(line)}`),
  })
  // Nothing else ticks on a machine of one's own.
  const tick = () => worker.fetch(`http://127.0.0.1:${port}/cdn-cgi/local/scheduled`)
  await tick()
  setInterval(() => void tick().catch(() => undefined), CRON_MS)
  const ask = async (path: string): Promise<unknown> =>
    (await worker.fetch(`http://127.0.0.1:${port}${path}`)).json()
  const { last_failure: failure } = (await ask('/health')) as Health
  const origin = `http://localhost:${port}`
  if (failure) {
    say(`The first sync failed: ${failure.reason}. Until one succeeds, ${origin} answers 503.`)
    say('Check ANTHROPIC_API_KEY and ANTHROPIC_BASE_URL, in the environment or in .dev.vars.')
  } else {
    const { models } = (await ask('/v1/lifecycle')) as LifecycleDocument
    const retired = models.filter(({ lifecycle }) => lifecycle === 'retired').length
    const counts = `${models.length - retired} current, ${retired} retired`
    say(`models-edge serves ${models.length} models (${counts}) on ${origin}. Try:`)
    say(`  curl '${origin}/v1/models?limit=2'`)
    say(`  curl ${origin}/v1/models/claude-haiku-4-5`)
    say(`  curl '${origin}/v1/changes?limit=3'`)
    say(`Or open ${origin} in a browser.`)
  }
  if (upstream.standIn) {
    say(
      `To see a model retire within three minutes, open ${upstream.standIn}/stand-in/clock?at=2026-11-30`,
    )
  }
  say('Stop it with Ctrl+C.')
}

await serveApart(main)
