import { cp, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { serveWorkerd, type Workerd } from '@models-edge/testing/workerd'
import { requireOfWrangler } from '@models-edge/testing/wrangler'
import { inject } from 'vitest'
import { serviceOrigins } from './origins.ts'

interface Options {
  /** Variables and secrets, beside or in place of those of every test. */
  readonly bindings?: Readonly<Record<string, string>>
  /** The server that gets whatever the Worker sends to any server, its target an absolute URL. */
  readonly outbound?: string
  readonly inspect?: boolean
  /** With a clock that a test moves, and counts: what around.js has. */
  readonly watched?: boolean
}

interface Health {
  readonly status: string
  readonly last_failure: object | null
}

export interface PlainWorkerd extends Workerd {
  /** Asks until there is something to serve, or a reason why there is nothing. */
  answers(): Promise<void>
  /** A tick of the cron that many minutes later, where it is watched. */
  tick(minutes?: number): Promise<void>
}

const esbuild = requireOfWrangler('esbuild') as { build(options: object): Promise<object> }

/** The production bundle in workerd and nothing else, with as few bindings as it can live with. */
export async function startWorkerd(
  kv: string,
  upstream: string,
  options: Options = {},
): Promise<PlainWorkerd> {
  const flags = options.inspect ? ['--inspector-addr=127.0.0.1:0'] : []
  const fill = options.watched ? copyWatchedBundle : copyBundle
  const capnp = config(kv, upstream, await textModules(), options)
  const workerd = await serveWorkerd(fill, capnp, flags)
  const { origin } = workerd
  serviceOrigins.add(origin)
  return {
    ...workerd,
    async answers() {
      for (let isKnown = false; !isKnown;) {
        const health = (await (await fetch(`${origin}/health`)).json()) as Health
        isKnown = health.status !== 'down' || health.last_failure !== null
      }
    },
    async tick(minutes = 1) {
      const { status } = await fetch(`${origin}/-/tick?minutes=${minutes}`)
      if (status !== 204) throw new Error(`The tick ended with ${status}`)
    },
  }
}

function copyBundle(folder: string): Promise<void> {
  return cp(inject('bundle'), folder, { recursive: true })
}

/** The bundle with around.js around it, as one module again: wrangler takes no other. */
export async function copyWatchedBundle(folder: string): Promise<void> {
  await copyBundle(folder)
  const contents = await readFile(new URL('around.js', import.meta.url), 'utf8')
  await esbuild.build({
    stdin: { contents, resolveDir: inject('bundle') },
    outfile: join(folder, 'index.js'),
    bundle: true,
    format: 'esm',
    external: ['*.txt', 'cloudflare:workers'],
    allowOverwrite: true,
  })
}

/** The bundle's modules that are text, as a configuration names them. */
async function textModules(): Promise<string> {
  const texts = (await readdir(inject('bundle'))).filter((name) => name.endsWith('.txt'))
  return texts.map((name) => `(name = "./${name}", text = embed "${name}"),`).join('')
}

function config(
  kv: string,
  upstream: string,
  texts: string,
  { bindings, outbound }: Options,
): string {
  const variables = {
    ANTHROPIC_API_KEY: 'stand-in-key',
    ANTHROPIC_BASE_URL: upstream,
    ...bindings,
  }
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "api", worker = (
      compatibilityDate = "2026-11-01",
      modules = [
        (name = "index.js", esModule = embed "index.js"),
        ${texts}
      ],
      bindings = [
        (name = "CATALOG", kvNamespace = "kv"),
        (name = "KEEPER", durableObjectNamespace = "Keeper"),
        ${Object.entries(variables)
          .map(([name, text]) => `(name = "${name}", text = ${JSON.stringify(text)}),`)
          .join('')}
      ],
      durableObjectNamespaces = [(className = "Keeper", uniqueKey = "keeper", enableSql = true)],
      durableObjectStorage = (localDisk = "disk"),
    )),
    (name = "disk", disk = (path = "disk", writable = true)),
    (name = "kv", external = (address = ${JSON.stringify(new URL(kv).host)}, http = ())),
    (name = "internet", ${
      outbound === undefined
        ? 'network = (allow = ["local", "private", "public"])'
        : `external = (address = ${JSON.stringify(new URL(outbound).host)}, http = (style = proxy))`
    }),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "api")],
);
`
}
