import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { inject } from 'vitest'
import { requireOfWrangler } from './wrangler.ts'

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

export interface PlainWorkerd {
  readonly origin: string
  /** The port of its inspector, where there is one. */
  readonly inspector: number | undefined
  /** What it has written so far: the Worker's log and complaints of its own. */
  output(): string
  /** Until it has written this. */
  written(text: string): Promise<void>
  /** Asks until there is something to serve, or a reason why there is nothing. */
  answers(): Promise<void>
  /** A tick of the cron that many minutes later, where it is watched. */
  tick(minutes?: number): Promise<void>
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

const esbuild = requireOfWrangler('esbuild') as { build(options: object): Promise<object> }
const { default: binary } = requireOfWrangler('workerd') as { readonly default: string }

/** The production bundle in workerd and nothing else, with as few bindings as it can live with. */
export async function startWorkerd(
  kv: string,
  upstream: string,
  options: Options = {},
): Promise<PlainWorkerd> {
  const flags = options.inspect ? ['--inspector-addr=127.0.0.1:0'] : []
  const fill = options.watched ? copyWatchedBundle : copyBundle
  return serve(fill, config(kv, upstream, await textModules(), options), flags)
}

export function copyBundle(folder: string): Promise<void> {
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
export async function textModules(): Promise<string> {
  const texts = (await readdir(inject('bundle'))).filter((name) => name.endsWith('.txt'))
  return texts.map((name) => `(name = "./${name}", text = embed "${name}"),`).join('')
}

/** A workerd of that configuration, in a folder of its own that is filled first. */
export async function serve(
  fill: (folder: string) => Promise<void>,
  capnp: string,
  flags: readonly string[] = [],
): Promise<PlainWorkerd> {
  const folder = await mkdtemp(join(tmpdir(), 'models-edge-workerd-'))
  // For objects that keep something: there is no SQL in memory.
  await mkdir(join(folder, 'disk'))
  await fill(folder)
  await writeFile(join(folder, 'config.capnp'), capnp)
  const child = spawn(binary, ['serve', 'config.capnp', '--control-fd=3', ...flags], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  let output = ''
  const wrote = new EventTarget()
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (text: Buffer) => {
      output += text.toString()
      wrote.dispatchEvent(new Event('more'))
    })
  }
  const exited = once(child, 'exit')
  const close = async (): Promise<void> => {
    child.kill('SIGKILL')
    await exited
    await rm(folder, { recursive: true, force: true })
  }
  const ports = await Promise.race([portsOf(child.stdio[3] as Readable), exited.then(() => null)])
  if (ports?.listen === undefined) {
    await close()
    throw new Error(`workerd did not start: ${output}`)
  }
  const origin = `http://127.0.0.1:${ports.listen}`
  return {
    origin,
    inspector: ports['listen-inspector'],
    output: () => output,
    async written(text) {
      while (!output.includes(text)) await once(wrote, 'more')
    },
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
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** Once it listens, workerd says on its control descriptor which ports the system gave it. */
async function portsOf(control: Readable): Promise<Partial<Record<string, number>>> {
  const ports: Record<string, number> = {}
  for await (const line of createInterface(control)) {
    const { event, port } = JSON.parse(line) as { event: string; port: number }
    ports[event] = port
    if (event === 'listen') break
  }
  return ports
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
