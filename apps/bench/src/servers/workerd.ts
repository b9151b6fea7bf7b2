import { once } from 'node:events'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { requireOfWrangler } from '@models-edge/testing/wrangler'
import { spawnMeasured } from '../machine/cores.ts'
import { kinds, type Modules } from './modules.ts'
import { end, type Running } from './running.ts'

/** A text, bytes, the KV namespace at an origin, or the objects of a class of the Worker. */
type Binding = string | Uint8Array | { readonly kv: string } | { readonly objects: string }

export interface Worker {
  readonly modules: Modules
  readonly bindings?: Readonly<Record<string, Binding>> | undefined
  /** Where objects keep what they have, and find it again; else in a folder that goes with the process. */
  readonly disk?: string | undefined
}

const { default: binary } = requireOfWrangler('workerd') as { readonly default: string }

/** A Worker in workerd and nothing else: the runtime of production without wrangler around it. */
export async function startWorkerd({
  modules,
  bindings = {},
  disk = 'disk',
}: Worker): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), 'models-edge-bench-'))
  await mkdir(join(folder, 'disk'))
  const files = [...modules, ...Object.entries(bindings).filter(isFile)]
  await Promise.all(files.map(([name, content]) => writeFile(join(folder, name), content)))
  await writeFile(join(folder, 'config.capnp'), config([...modules.keys()], bindings, disk))
  const child = spawnMeasured(binary, ['serve', 'config.capnp', '--control-fd=3'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  })
  let complaints = ''
  child.stderr?.on('data', (text: Buffer) => {
    complaints += text.toString()
  })
  const exited = once(child, 'exit').then(() => null)
  const port = await Promise.race([portOf(child.stdio[3] as Readable), exited])
  if (port === null || child.pid === undefined) {
    await end(child, folder)
    throw new Error(`workerd did not start: ${complaints}`)
  }
  return {
    origin: `http://127.0.0.1:${port}`,
    pid: child.pid,
    stop: () => end(child, folder),
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

function isFile(binding: [string, Binding]): binding is [string, string | Uint8Array] {
  return typeof binding[1] === 'string' || binding[1] instanceof Uint8Array
}

function config(
  modules: readonly string[],
  bindings: Readonly<Record<string, Binding>>,
  disk: string,
): string {
  const embedded = modules.map(
    (name) => `(name = "${name}", ${kinds[extname(name)]} = embed "${name}")`,
  )
  const bound = Object.entries(bindings).map(
    ([name, binding]) => `(name = "${name}", ${bindingOf(name, binding)})`,
  )
  const services = Object.entries(bindings).flatMap(([name, binding]) =>
    typeof binding === 'object' && 'kv' in binding ? [serviceOf(name, binding.kv)] : [],
  )
  const classes = Object.values(bindings).flatMap((binding) =>
    typeof binding === 'object' && 'objects' in binding
      ? [`(className = "${binding.objects}", uniqueKey = "${binding.objects}", enableSql = true)`]
      : [],
  )
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "worker", worker = (
      compatibilityDate = "2026-11-01",
      modules = [${embedded.join(', ')}],
      bindings = [${bound.join(', ')}],
      durableObjectNamespaces = [${classes.join(', ')}],
      durableObjectStorage = (localDisk = "disk"),
    )),
    (name = "disk", disk = (path = "${disk}", writable = true)),
    ${services.join('\n    ')}
    (name = "internet", network = (allow = ["local", "private", "public"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "worker")],
);
`
}

function bindingOf(name: string, binding: Binding): string {
  if (typeof binding === 'string') return `text = embed "${name}"`
  if (binding instanceof Uint8Array) return `data = embed "${name}"`
  return 'kv' in binding
    ? `kvNamespace = "${name}"`
    : `durableObjectNamespace = "${binding.objects}"`
}

function serviceOf(name: string, origin: string): string {
  return `(name = "${name}", external = (address = "${new URL(origin).host}", http = ())),`
}
