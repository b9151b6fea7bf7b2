import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { heapOf } from '@models-edge/testing/heap'
import { serveWorkerd } from '@models-edge/testing/workerd'
import { PARTS, WARM_UP } from './calls.ts'

type Result = Readonly<Record<string, number>>

/** Makes the requests in a Worker, and asks workerd's inspector for the heap before and after. */
export async function runWorker(folder: string, of: string, count: number) {
  const core = join(folder, 'node_modules/@models-edge/core/dist')
  const modules = readdirSync(core).filter((name) => name.endsWith('.js'))
  const fill = async (target: string): Promise<void> => {
    cpSync(core, join(target, 'core'), { recursive: true })
    cpSync(join(folder, 'built'), join(target, 'built'), { recursive: true })
  }
  await using workerd = await serveWorkerd(fill, config(modules), ['--inspector-addr=127.0.0.1:0'])
  const make = async (some: number): Promise<Result> => {
    const response = await fetch(`${workerd.origin}/?of=${encodeURIComponent(of)}&count=${some}`)
    return (await response.json()) as Result
  }
  const asked = { path: '/?count=0', service: 'main' }
  await make(WARM_UP)
  const heaps = [await heapOf(workerd, asked)]
  let ends: Result = {}
  for (let part = 0; part < PARTS; part += 1) {
    ends = await make(count / PARTS)
    heaps.push(await heapOf(workerd, asked))
  }
  return { ends, heaps }
}

function config(modules: readonly string[]): string {
  const core = modules.map(
    (name) => `(name = "@models-edge/core/${name}", esModule = embed "core/${name}"),`,
  )
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "internet", network = (allow = ["local", "private", "public"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const main :Workerd.Worker = (
  compatibilityDate = "2026-11-01",
  modules = [
    (name = "worker.js", esModule = embed "built/worker.js"),
    (name = "calls.js", esModule = embed "built/calls.js"),
    (name = "@models-edge/core", esModule = "export * from './core/index.js'"),
    ${core.join('\n    ')}
  ],
);`
}
