import { copyFile, cp, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serveWorkerd, type Workerd } from '@models-edge/testing/workerd'
import { inject } from 'vitest'

/** Where the service itself answers: whatever comes from there must be as its contract says. */
export const serviceOrigins = new Set<string>()

interface Options {
  /** Variables and secrets, beside or in place of those of every test. */
  readonly bindings?: Readonly<Record<string, string>>
  /** Whether upstream gets what the Worker sends to any server: the targets are absolute URLs then. */
  readonly outbound?: boolean
  readonly inspect?: boolean
  /** With a clock that a test moves: what around.js has. */
  readonly watched?: boolean
  /** Where the Keeper's storage is, so that it outlives this workerd. */
  readonly disk?: string
}

export interface PlainWorkerd extends Workerd {
  /** Asks for something, and waits for the end of the sync that this begins where there is nothing yet. */
  synced(): Promise<void>
  /** A tick of the cron that many minutes later, where it is watched. */
  tick(minutes?: number): Promise<void>
}

/** The static assets. Their files need no more than to be there. */
const released = fileURLToPath(new URL('../../released', import.meta.url))
const around = fileURLToPath(new URL('around.js', import.meta.url))

/** The production bundle in workerd and nothing else, with as few bindings as it can live with. */
export async function startWorkerd(
  kv: string,
  upstream: string,
  options: Options = {},
): Promise<PlainWorkerd> {
  const { inspect, watched } = options
  const flags = inspect ? ['--inspector-addr=127.0.0.1:0'] : []
  const capnp = await config(kv, upstream, options)
  const workerd = await serveWorkerd(fill, capnp, flags)
  const { origin } = workerd
  serviceOrigins.add(origin)

  async function fill(folder: string): Promise<void> {
    await cp(inject('bundle'), folder, { recursive: true })
    await copyFile(around, join(folder, 'around.js'))
    const inner = watched ? './around.js' : './index.js'
    await writeFile(join(folder, 'main.js'), `export { Keeper, default } from '${inner}'`)
  }

  return {
    ...workerd,
    async synced() {
      await (await fetch(`${origin}/health`)).text()
      await workerd.written('"event":"sync"')
    },
    async tick(minutes = 1) {
      const { status } = await fetch(`${origin}/-/tick?minutes=${minutes}`)
      if (status !== 204) throw new Error(`The tick ended with ${status}`)
    },
  }
}

async function config(
  kv: string,
  upstream: string,
  { bindings, disk = 'disk', outbound }: Options,
): Promise<string> {
  const text = JSON.stringify
  const texts = (await readdir(inject('bundle'))).filter((name) => name.endsWith('.txt'))
  const modules = [
    ...['main', 'around', 'index'].map(
      (name) => `(name = "${name}.js", esModule = embed "${name}.js")`,
    ),
    ...texts.map((name) => `(name = "./${name}", text = embed "${name}")`),
  ]
  const shared = { ANTHROPIC_API_KEY: 'stand-in-key', ANTHROPIC_BASE_URL: upstream }
  const variables = Object.entries({ ...shared, ...bindings }).map(
    ([name, value]) => `(name = "${name}", text = ${text(value)})`,
  )
  const internet = outbound
    ? `external = (address = ${text(new URL(upstream).host)}, http = (style = proxy))`
    : 'network = (allow = ["local", "private", "public"])'
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "api", worker = (
      compatibilityDate = "2026-11-01",
      modules = [${modules.join()}],
      bindings = [
        (name = "CATALOG", kvNamespace = "kv"),
        (name = "KEEPER", durableObjectNamespace = "Keeper"),
        (name = "ASSETS", service = "assets"),
        ${variables.join()}
      ],
      durableObjectNamespaces = [(className = "Keeper", uniqueKey = "keeper", enableSql = true)],
      durableObjectStorage = (localDisk = "disk"),
    )),
    (name = "disk", disk = (path = ${text(disk)}, writable = true)),
    (name = "assets", disk = (path = ${text(released)})),
    (name = "kv", external = (address = ${text(new URL(kv).host)}, http = ())),
    (name = "internet", ${internet}),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "api")],
);
`
}
