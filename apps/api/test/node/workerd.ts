import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { inject } from 'vitest'
import { requireOfWrangler } from './wrangler.ts'

export interface PlainWorkerd {
  readonly origin: string
  /** What it has written so far: the Worker's log and complaints of its own. */
  output(): string
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

const { default: binary } = requireOfWrangler('workerd') as { readonly default: string }

/** The production bundle in workerd and nothing else, with as few bindings as it can live with. */
export async function startWorkerd(kv: string, upstream: string): Promise<PlainWorkerd> {
  const folder = await mkdtemp(join(tmpdir(), 'models-edge-workerd-'))
  await cp(inject('bundle'), folder, { recursive: true })
  const texts = (await readdir(folder)).filter((name) => name.endsWith('.txt'))
  await writeFile(join(folder, 'config.capnp'), config(kv, upstream, texts))
  const child = spawn(binary, ['serve', 'config.capnp', '--control-fd=3'], {
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
  const port = await Promise.race([portOf(child.stdio[3] as Readable), exited.then(() => null)])
  if (port === null) {
    await close()
    throw new Error(`workerd did not start: ${output}`)
  }
  return {
    origin: `http://127.0.0.1:${port}`,
    output: () => output,
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** Once it listens, workerd says on its control descriptor which port the system gave it. */
async function portOf(control: Readable): Promise<number | null> {
  for await (const line of createInterface(control)) {
    const { event, port } = JSON.parse(line) as { event: string; port: number }
    if (event === 'listen') return port
  }
  return null
}

function config(kv: string, upstream: string, texts: readonly string[]): string {
  const modules = texts.map((name) => `(name = "./${name}", text = embed "${name}"),`)
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "api", worker = (
      compatibilityDate = "2026-11-01",
      modules = [
        (name = "index.js", esModule = embed "index.js"),
        ${modules.join('\n        ')}
      ],
      bindings = [
        (name = "CATALOG", kvNamespace = "kv"),
        (name = "ANTHROPIC_API_KEY", text = "stand-in-key"),
        (name = "ANTHROPIC_BASE_URL", text = ${JSON.stringify(upstream)}),
      ],
    )),
    (name = "kv", external = (address = ${JSON.stringify(new URL(kv).host)}, http = ())),
    (name = "internet", network = (allow = ["local", "private", "public"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "api")],
);
`
}
