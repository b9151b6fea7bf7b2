import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
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
}

export interface PlainWorkerd {
  readonly origin: string
  /** The port of its inspector, where there is one. */
  readonly inspector: number | undefined
  /** What it has written so far: the Worker's log and complaints of its own. */
  output(): string
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

const { default: binary } = requireOfWrangler('workerd') as { readonly default: string }

/** The production bundle in workerd and nothing else, with as few bindings as it can live with. */
export async function startWorkerd(
  kv: string,
  upstream: string,
  options: Options = {},
): Promise<PlainWorkerd> {
  const flags = options.inspect ? ['--inspector-addr=127.0.0.1:0'] : []
  return serve(copyBundle, config(kv, upstream, await textModules(), options), flags)
}

export function copyBundle(folder: string): Promise<void> {
  return cp(inject('bundle'), folder, { recursive: true })
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
  await fill(folder)
  await writeFile(join(folder, 'config.capnp'), capnp)
  const child = spawn(binary, ['serve', 'config.capnp', '--control-fd=3', ...flags], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (text: Buffer) => (output += text.toString()))
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
  return {
    origin: `http://127.0.0.1:${ports.listen}`,
    inspector: ports['listen-inspector'],
    output: () => output,
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
        ${Object.entries(variables)
          .map(([name, text]) => `(name = "${name}", text = ${JSON.stringify(text)}),`)
          .join('')}
      ],
    )),
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
