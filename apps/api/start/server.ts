import { mkdirSync } from 'node:fs'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { serveApart } from '../dev/apart.ts'
import { given, portFrom, setting, upstreamAddress } from '../dev/settings.ts'
import { inWords } from '../dev/sync-event.ts'
import { CRON_MS } from '../src/timing.ts'
import { builtIn } from './built.ts'

// Serves the built Worker without Cloudflare. The folder of another one can be given.

const root = fileURLToPath(new URL('../../..', import.meta.url))
const [built = join(root, 'apps/api/dist')] = process.argv.slice(2)
const LOOPBACK = '127.0.0.1'
const HOST = process.env['HOST'] || LOOPBACK
const STORAGE = resolve(root, process.env['STORAGE'] || '.storage')

const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function main(): Promise<void> {
  const port = portFrom(['API_PORT', 'PORT'], 8787)
  const apiKey = setting('ANTHROPIC_API_KEY')
  if (!apiKey) throw new Error(noKey)
  const upstream = upstreamAddress()
  if (!isIP(HOST)) {
    throw new Error(
      `HOST is "${HOST}"; set it to an address of this machine: 127.0.0.1 for this machine alone, 0.0.0.0 for all`,
    )
  }
  lock(STORAGE)
  const worker = await serve(port, { ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: upstream })
  const { origin } = await worker.unsafeGetDirectURL()
  say(`models-edge listens on ${origin}, and reads the models of ${upstream} every minute.`)
  if (HOST !== LOOPBACK) {
    say(
      `It answers whoever reaches ${HOST}, as HOST says, and its runtime takes orders there, too:`,
    )
    say('let nobody but a proxy of yours reach it.')
  }
  say(`What it knows is in ${STORAGE}: it goes on with that when it starts again.`)
  say('It is one process in one place, and no cache is in front of it: at the edge, it has both.')
  say('Stop it with Ctrl+C.')
  await tickForever(worker)
}

const noKey = `There is no ANTHROPIC_API_KEY. Write yours into .dev.vars, as in .dev.vars.example, or give it in the environment.
To try it without one, start the stand-in for Anthropic's API in another terminal:
  pnpm --filter @models-edge/upstream dev
and then this, with ANTHROPIC_API_KEY=stand-in-key and ANTHROPIC_BASE_URL=http://127.0.0.1:8788 in the environment.`

/** Two services in one storage would be two writers. However this process ends, the system opens the lock. */
function lock(storage: string): void {
  try {
    mkdirSync(storage, { recursive: true })
  } catch (error) {
    throw new Error(`STORAGE must be a folder that can be made: ${storage} (${String(error)})`, {
      cause: error,
    })
  }
  const database = new DatabaseSync(join(storage, 'lock.sqlite'))
  try {
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    throw new Error(
      `Another service uses ${storage}: stop it, or set STORAGE to another folder (${String(error)})`,
      { cause: error },
    )
  }
  process.once('exit', () => database.close())
}

async function serve(port: number, secrets: Readonly<Record<string, string>>): Promise<Miniflare> {
  const { configuration, modules } = builtIn(built)
  const { bindings = {} } = configuration
  const worker = new Miniflare(
    convertV4MiniflareOptions({
      ...configuration,
      name: 'models-edge',
      modules,
      modulesRoot: built,
      bindings: { ...bindings, ...given(Object.keys(bindings)), ...secrets },
      // Past miniflare's own entry: that one obeys headers with which a client could ask for one path and
      // be answered for another, and so poison a cache in front.
      unsafeDirectSockets: [{ host: HOST, port }],
      host: LOOPBACK,
      cf: false, // it would ask Cloudflare where this machine is
      log: new Log(LogLevel.WARN),
      resourcePersistencePath: STORAGE,
      handleStructuredLogs: ({ message, timestamp }) =>
        say(`${new Date(timestamp).toISOString()}  ${inWords(message)}`),
    }),
  )
  try {
    await worker.ready
  } catch (error) {
    const busy = error instanceof Error && 'code' in error && error.code === 'ERR_ADDRESS_IN_USE'
    if (!busy) throw error
    throw new Error(
      `Port ${port} is busy; stop what listens there, or set API_PORT or PORT to another`,
      { cause: error },
    )
  }
  return worker
}

/** What the cron does at the edge: a tick at each full minute, and one now. */
async function tickForever(worker: Miniflare): Promise<never> {
  for (;;) {
    try {
      const { scheduled } = await worker.getWorker()
      await scheduled({ cron: '* * * * *' })
    } catch (error) {
      say(`The tick did not end: ${String(error)}`)
      // A runtime that crashed is started again; where that fails, there is nothing to wait for.
      await worker.ready
    }
    await sleep(CRON_MS - (Date.now() % CRON_MS))
  }
}

await serveApart(main)
