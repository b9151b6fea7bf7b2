import { once } from 'node:events'
import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { serveWorkerd, type Workerd } from '@models-edge/testing/workerd'

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
  await make(count / 10)
  const before = await heapOf(workerd)
  const ends = await make(count)
  return { ends, grown: (await heapOf(workerd)) - before }
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

/** How many bytes are in use once what is garbage has been collected. */
async function heapOf({ inspector, origin }: Workerd): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${inspector}/main`)
  const waiting = new Map<number, (result: Result) => void>()
  socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const { id = 0, result = {} } = JSON.parse(data) as { id?: number; result?: Result }
    waiting.get(id)?.(result)
  })
  const command = (id: number, method: string): Promise<Result> =>
    new Promise((resolve) => {
      waiting.set(id, resolve)
      socket.send(JSON.stringify({ id, method }))
    })
  await once(socket, 'open')
  const measured = new AbortController()
  // The inspector only gets its turn beside requests.
  const requests = async (): Promise<void> => {
    while (!measured.signal.aborted) await (await fetch(`${origin}/?count=0`)).arrayBuffer()
  }
  const asking = requests()
  try {
    await command(1, 'HeapProfiler.collectGarbage')
    const usage = await command(2, 'Runtime.getHeapUsage')
    const { usedSize = NaN, embedderHeapUsedSize = 0, backingStorageSize = 0 } = usage
    return usedSize + embedderHeapUsedSize + backingStorageSize
  } finally {
    measured.abort()
    await asking
    socket.close()
    await once(socket, 'close')
  }
}
