import { copyFile, cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serveWorkerd, type Workerd } from '@models-edge/testing/workerd'
import { inject } from 'vitest'

import type { Kv } from './kv.ts'
import type { Upstream } from './upstream.ts'

interface Setting {
  readonly kv: Kv
  readonly upstream: Upstream
  /** How many isolates besides the one that the Keeper lives in. */
  readonly places?: number
  /** The code of another Keeper, in the place of the bundle's. */
  readonly keeper?: string
  /** Variables in the place of those of every test. */
  readonly variables?: Readonly<Record<string, string>>
}

/** Several places of the world in one process, with the one Keeper. */
export interface Places {
  /** The time, everywhere. */
  now: number
  fetch(path: string, place?: number, init?: RequestInit): Promise<Response>
  /** The cron knocks, from some place. */
  tick(place?: number): Promise<void>
  /** Until nothing goes on behind the answers of a place any more. */
  quiet(place?: number): Promise<void>
  /** What was logged since the last look; what is no line of JSON is workerd's own. */
  lines(): readonly string[]
  /** All isolates go; the Keeper's storage goes with them, or is kept. */
  restart(storage: 'kept' | 'lost', variables?: Setting['variables']): Promise<void>
  /** The Keeper's storage, as SQLite's files. */
  readonly disk: string
  [Symbol.asyncDispose](): Promise<void>
}

export const MINUTE = 60_000
const START = Date.parse('2026-11-20T12:00:00Z')

const files = {
  'place.js': fileURLToPath(new URL('place.js', import.meta.url)),
  'router.js': fileURLToPath(new URL('router.js', import.meta.url)),
}

/** A test can be held against another build: that it would fail there is what it is for. */
const bundle = (): string => process.env['OTHER_BUNDLE'] ?? inject('bundle')
const hasKeeper = process.env['OTHER_BUNDLE'] === undefined

export async function startPlaces(setting: Setting): Promise<Places> {
  const { kv, places: count = 1, upstream } = setting
  const [store, origin] = await Promise.all([kv.start(), upstream.start()])
  const disk = await mkdtemp(join(tmpdir(), 'models-edge-keeper-'))
  const texts = (await readdir(bundle())).filter((name) => name.endsWith('.txt'))
  const names = ['keeper', ...Array.from({ length: count }, (_, index) => String(index))]
  let now = START
  let told = 0
  let workerd: Workerd | undefined

  async function start(variables: Setting['variables']): Promise<void> {
    told = 0
    const fixed = { kv: new URL(store.origin).host, upstream: origin.origin, disk, variables }
    workerd = await serveWorkerd(
      (folder) => fill(folder, setting.keeper),
      config(names, texts, fixed),
      ['--experimental'],
    ) // for its ticks
  }

  function ask(place: string, path: string, init: RequestInit = {}): Promise<Response> {
    if (!workerd) throw new Error('it is not running')
    const headers = { ...(init.headers as object), 'x-place': place, 'x-now': String(now) }
    return fetch(workerd.origin + path, { ...init, headers })
  }

  /** The Keeper's own clock is that of the place that it lives in. */
  async function setKeepersClock(): Promise<void> {
    await (await ask('keeper', '/-/pending')).text()
  }

  async function close(): Promise<void> {
    await workerd?.close()
    await Promise.all([store.close(), origin.close()])
    await rm(disk, { recursive: true, force: true })
  }

  try {
    await start(setting.variables)
  } catch (error) {
    await close()
    throw error
  }
  return {
    disk,
    get now() {
      return now
    },
    set now(time) {
      now = time
    },
    async fetch(path, place = 0, init) {
      await setKeepersClock()
      return ask(String(place), path, init)
    },
    async tick(place = 0) {
      await setKeepersClock()
      const response = await ask(String(place), '/', { headers: { 'x-tick': '' } })
      const outcome = await response.text()
      if (outcome !== 'ok') throw new Error(`The tick ended with ${response.status} ${outcome}`)
    },
    async quiet(place = 0) {
      while ((await (await ask(String(place), '/-/pending')).text()) !== '0');
    },
    lines() {
      const all = (workerd?.output() ?? '').split('\n').filter(Boolean)
      return all.slice(told, (told = all.length))
    },
    async restart(storage, variables = setting.variables) {
      await workerd?.close()
      if (storage === 'lost') {
        await rm(disk, { recursive: true })
        await mkdir(disk)
      }
      await start(variables)
    },
    [Symbol.asyncDispose]: close,
  }
}

async function fill(folder: string, keeper = "export * from './place.js'"): Promise<void> {
  await writeFile(join(folder, 'host.js'), `${keeper}\nexport { default } from './place.js'\n`)
  await cp(bundle(), folder, { recursive: true })
  for (const [name, path] of Object.entries(files)) await copyFile(path, join(folder, name))
}

interface Fixed {
  readonly kv: string
  readonly upstream: string
  readonly disk: string
  readonly variables: Setting['variables']
}

function config(
  names: readonly string[],
  texts: readonly string[],
  { disk, kv, upstream, variables }: Fixed,
): string {
  const text = JSON.stringify
  const all = {
    ANTHROPIC_API_KEY: 'stand-in-key',
    ANTHROPIC_BASE_URL: upstream,
    ...variables,
  }
  const bindings = Object.entries(all)
    .map(([name, value]) => `(name = "${name}", text = ${text(value)}),`)
    .join('')
  const services = names.map((name) => {
    const isHost = name === 'keeper'
    const namespace = isHost ? `"Keeper"` : `(className = "Keeper", serviceName = "keeper")`
    return `
    (name = "${name}", worker = (
      compatibilityDate = "2026-11-01",
      modules = [
        ${isHost ? `(name = "host.js", esModule = embed "host.js"),` : ''}
        (name = "place.js", esModule = embed "place.js"),
        (name = "index.js", esModule = embed "index.js"),
        ${texts.map((file) => `(name = "./${file}", text = embed "${file}"),`).join('')}
      ],
      bindings = [
        (name = "CATALOG", kvNamespace = "kv ${name}"),
        ${bindings}
        ${hasKeeper ? `(name = "KEEPER", durableObjectNamespace = ${namespace}),` : ''}
      ],
      ${
        isHost && hasKeeper
          ? `durableObjectNamespaces = [(className = "Keeper", uniqueKey = "keeper", enableSql = true)],
      durableObjectStorage = (localDisk = "disk"),`
          : ''
      }
    )),
    (name = "kv ${name}", external = (
      address = "${kv}", http = (injectRequestHeaders = [(name = "x-place", value = "${name}")]),
    )),`
  })
  const ways = names.map((name) => `(name = "${name}", service = "${name}")`).join(', ')
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [${services.join('')}
    (name = "disk", disk = (path = ${text(disk)}, writable = true)),
    (name = "router", worker = (
      compatibilityDate = "2026-11-01",
      compatibilityFlags = ["service_binding_extra_handlers"],
      modules = [(name = "router.js", esModule = embed "router.js")],
      bindings = [${ways}],
    )),
    (name = "internet", network = (allow = ["local", "private", "public"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "router")],
);
`
}
