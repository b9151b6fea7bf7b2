import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, watch } from 'node:fs'
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { listen } from '@models-edge/testing/listener'
import { listOf, type StartedUpstream, startUpstream } from '@models-edge/testing/upstream'
import { afterAll, beforeAll, beforeEach, expect, inject, onTestFinished, test } from 'vitest'
import { modelText, served } from '../started/service.ts'
import { configure } from '../../start/build.ts'
import { run } from './run.ts'

/** In the set of tests that take long, a hundred. */
const KILLS = Number(process.env['KILLS'] ?? 3)
/** Nothing is asked of the machine's speed. */
const LONG = 120_000 * (KILLS + 3)
const key = 'sk-ant-ours-that-must-not-leak'
const known = [modelText('claude-b-1'), modelText('claude-a-1')]
const EVERYTHING = '/v1/models?limit=1000'
const never = Promise.withResolvers<undefined>().promise

let built: string
let upstream: StartedUpstream
let storage: string
let port: string

beforeAll(async () => {
  process.env['WRANGLER_LOG'] = 'warn'
  built = await mkdtemp(join(tmpdir(), 'models-edge-built-'))
  await cp(inject('bundle'), built, { recursive: true })
  configure(built)
  upstream = await startUpstream({ models: known })
})
afterAll(async () => {
  await rm(built, { recursive: true })
  await upstream.close()
})
beforeEach(async () => {
  upstream.models = known
  upstream.instead = () => undefined
  storage = await mkdtemp(join(tmpdir(), 'models-edge-storage-'))
  onTestFinished(() => rm(storage, { recursive: true, force: true }))
  // One that was free a moment ago.
  await using somebody = await listen((_, response) => response.end())
  port = new URL(somebody.origin).port
})

const settings = (): Record<string, string> => ({
  ANTHROPIC_API_KEY: key,
  ANTHROPIC_BASE_URL: upstream.origin,
  API_PORT: port,
  HIDDEN_MODELS: '', // whatever a developer has in a file
  HOST: '',
  STORAGE: storage,
})

interface Running {
  readonly origin: string
  readonly pid: number
  readonly said: () => string
  /** Its code, once nothing of it is left. */
  readonly ended: Promise<number | null>
  /** Until it has said this. */
  written(text: string): Promise<void>
  /** Sends this, to its whole group where that is asked for, and waits until it has ended. */
  end(signal: NodeJS.Signals, group?: boolean): Promise<number | null>
}

async function start(folder = built): Promise<Running> {
  const cwd = fileURLToPath(new URL('../..', import.meta.url))
  const env = { ...process.env, ...settings() }
  const child = spawn(process.execPath, ['start/main.ts', folder], { cwd, env, detached: true })
  const wrote = new EventTarget()
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text: Buffer) => {
      said += String(text)
      wrote.dispatchEvent(new Event('more'))
    })
  }
  // Its server has the same output: it is closed when both are gone.
  const ended = once(child, 'close').then(() => {
    wrote.dispatchEvent(new Event('more'))
    return child.exitCode
  })
  async function written(text: string): Promise<void> {
    while (!said.includes(text)) {
      if (child.stdout.closed) throw new Error(`It ended before it said "${text}": ${said}`)
      await once(wrote, 'more')
    }
  }
  async function end(signal: NodeJS.Signals, group = false): Promise<number | null> {
    process.kill(group ? -child.pid! : child.pid!, signal)
    return ended
  }
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  await written('Stop it with Ctrl+C.')
  const [origin = ''] = /http:\/\/[^,]+/.exec(said) ?? []
  return { origin, pid: child.pid!, said: () => said, ended, written, end }
}

test('the built Worker listens on loopback, syncs, ends with Ctrl+C, and goes on with what it had', async () => {
  const first = await start()
  expect(first.origin).toBe(`http://127.0.0.1:${port}`)
  await first.written('Synced: 2 models, 2 changes.\n')
  expect(await served(`${first.origin}/v1/models`)).toBe(listOf(known))
  // What miniflare's own entry would take for the path that is wanted.
  const poison = { 'MF-Original-URL': 'http://x/v1/lines', 'MF-Route-Override': 'x' }
  const answer = await fetch(`${first.origin}/v1/models`, { headers: poison })
  expect(await answer.text()).toBe(listOf(known))
  // From the terminal, and from the script around it.
  process.kill(-first.pid, 'SIGINT')
  expect(await first.end('SIGINT', true)).toBe(0)
  expect(first.said()).not.toMatch(/crash|error|SIGKILL/i)

  upstream.instead = () => never
  const second = await start()
  expect(await served(`${second.origin}/v1/models`)).toBe(listOf(known))
  await second.end('SIGTERM')
  expect(await kept()).toContain('claude-b-1')
  expect((await kept()) + first.said() + second.said()).not.toContain(key)
})

const children = (pid: number): string => `/proc/${pid}/task/${pid}/children`

test.runIf(existsSync(children(process.pid)))(
  'a server that is killed alone is told, and leaves no runtime with the port',
  async () => {
    const first = await start()
    await first.written('Synced: ')
    process.kill(Number(await readFile(children(first.pid), 'utf8')), 'SIGKILL')
    expect(await first.ended).toBe(1)
    expect(first.said()).toContain('Something ended the server, with SIGKILL.')
    const second = await start()
    expect(await served(`${second.origin}/v1/models`)).toBe(listOf(known))
  },
)

/** All that it has on the disk. */
async function kept(): Promise<string> {
  const files = await readdir(storage, { recursive: true, withFileTypes: true })
  const texts = files
    .filter((file) => file.isFile())
    .map(({ parentPath, name }) => readFile(join(parentPath, name), 'latin1'))
  return (await Promise.all(texts)).join('\n')
}

test.each<[string, () => Record<string, string>, string]>([
  ['no key', () => ({ ANTHROPIC_API_KEY: '' }), 'There is no ANTHROPIC_API_KEY. Write yours into'],
  ['no port', () => ({ API_PORT: '', PORT: 'x' }), 'PORT is "x"; set it to a port from 1 to 65535'],
  [
    'no address',
    () => ({ ANTHROPIC_BASE_URL: 'x' }),
    'ANTHROPIC_BASE_URL must be an http or https',
  ],
  ['no host', () => ({ HOST: 'x' }), 'HOST is "x"; set it to an address of this machine'],
  [
    'a busy port',
    () => ({ API_PORT: new URL(upstream.origin).port }),
    'is busy; stop what listens',
  ],
])('%s is refused with the mend', async (_, more, sentence) => {
  const { code, out } = await run(['start/main.ts', built], { ...settings(), ...more() })
  expect([code, out]).toEqual([1, expect.stringContaining(sentence)])
})

test('a folder without a Worker, and a storage that another one uses, are refused by name', async () => {
  const { out } = await run(['start/main.ts', storage], settings())
  expect(out).toContain(`There is no Worker in ${storage}: pnpm start builds it`)
  const first = await start()
  const second = await run(['start/main.ts', built], settings())
  expect([second.code, second.out]).toEqual([
    1,
    expect.stringContaining(`Another service uses ${storage}: stop it, or set STORAGE`),
  ])
  await first.end('SIGTERM')
})

test(
  `killed ${KILLS} times in the middle of writes, it has the last good copy`,
  { timeout: LONG },
  async () => {
    const clock = await clocked()
    const models = [...known]
    const lists: string[] = []
    // The last that it served, or said that it has: it never goes back behind that.
    let good = 0
    for (let round = 0; round <= KILLS + 1; round += 1) {
      const asked = Promise.withResolvers<undefined>()
      upstream.instead = () => asked.promise
      await clock.at(5 * round)
      const service = await start(clock.folder)
      if (round > 0) {
        const list = lists.indexOf(await served(service.origin + EVERYTHING))
        expect(list).toBeGreaterThanOrEqual(good)
        good = list
        models.unshift(modelText(`claude-new-${round}`))
        upstream.models = [...models]
      }
      lists.push(listOf(models))
      // The first sync and the last are left to end.
      const isKilled = round > 0 && round <= KILLS
      const killed = new AbortController()
      const killing = isKilled ? writes(1 + (round % 50), killed.signal) : never
      asked.resolve(undefined)
      await Promise.race([killing, service.written('Synced: ')])
      if (service.said().includes('Synced: ')) good = round
      await service.end('SIGKILL')
      killed.abort()
    }
    upstream.instead = () => never
    const { origin } = await start(clock.folder)
    expect(await served(origin + EVERYTHING)).toBe(lists.at(-1))
    // Each came once, whatever was killed.
    const { data } = JSON.parse(await served(`${origin}/v1/changes?limit=1000`)) as Changes
    const ids = models.map((model) => (JSON.parse(model) as { id: string }).id)
    expect(data.map(({ model_id }) => model_id).toSorted()).toEqual(ids.toSorted())
  },
)

interface Changes {
  readonly data: readonly { readonly model_id: string }[]
}

/** Until the storage was written to so often. */
function writes(count: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let seen = 0
  watch(storage, { recursive: true, signal }, () => {
    seen += 1
    if (seen === count) resolve()
  })
  return promise
}

/** The bundle behind a clock that goes ahead by so many minutes: each start is a sync, and a publication. */
async function clocked(): Promise<{ folder: string; at(minutes: number): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'models-edge-clocked-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await cp(built, folder, { recursive: true })
  await rename(join(folder, 'index.js'), join(folder, 'service.js'))
  const index = `import minutes from './minutes.txt'
const systemNow = Date.now
Date.now = () => systemNow() + Number(minutes) * 60_000
export { Keeper, default } from './service.js'
`
  await writeFile(join(folder, 'index.js'), index)
  return { folder, at: (minutes) => writeFile(join(folder, 'minutes.txt'), String(minutes)) }
}
