import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Listener, listen } from '../node/listener.ts'
import { copyBundle, type PlainWorkerd, serve, textModules } from '../node/workerd.ts'
import type { CellKv } from './cell-kv.ts'
import type { CellUpstream } from './cell-upstream.ts'

/** What an isolate has around it, alone or together with others. */
interface World {
  readonly kv: CellKv
  readonly upstream: CellUpstream
  /** Whether upstream refuses to be connected to. */
  readonly refuses?: boolean
}

/** An isolate of its own in its world. */
export interface Cell extends World {
  fetch(path: string, now: number): Promise<Response>
  tick(now: number): Promise<void>
  /** Once nothing goes on behind the answers any more: the lines that it wrote since the last report. */
  report(): Promise<readonly string[]>
}

export interface Cells {
  readonly cells: readonly Cell[]
  [Symbol.asyncDispose](): Promise<void>
}

/** Nothing listens there, on any machine. */
const NOWHERE = 'http://127.0.0.1:1'

const files = {
  'cell.js': fileURLToPath(new URL('cell.js', import.meta.url)),
  'router.js': fileURLToPath(new URL('router.js', import.meta.url)),
}

/** As many isolates as there are worlds, in one workerd, of the production bundle or of what is made of it. */
export async function startCells(
  worlds: readonly World[],
  rewrite = (bundle: string): string => bundle,
): Promise<Cells> {
  const kv = await listen((request, response) =>
    worlds[Number(request.headers['x-cell'])]?.kv.respond(request, response),
  )
  const upstream = await listen((request, response) => {
    const [, index, path] = /^\/(\d+)(\/.*)$/.exec(request.url ?? '') ?? []
    const world = worlds[Number(index)]?.upstream
    if (world) return world.respond(path ?? '', request, response)
    // Somebody has followed a redirect.
    for (const { upstream: all } of worlds) all.offences.push(`visit to ${request.url}`)
    return response.writeHead(500).end()
  })
  let workerd: PlainWorkerd
  try {
    workerd = await serve(
      async (folder) => {
        await copyBundle(folder)
        const bundle = join(folder, 'index.js')
        await writeFile(bundle, rewrite(await readFile(bundle, 'utf8')))
        for (const [name, path] of Object.entries(files)) await copyFile(path, join(folder, name))
      },
      config(
        kv,
        await textModules(),
        worlds.map(({ refuses }, index) => (refuses ? NOWHERE : `${upstream.origin}/${index}`)),
      ),
      ['--experimental'], // a binding that ticks is not for production
    )
  } catch (error) {
    await Promise.all([kv.close(), upstream.close()])
    throw error
  }
  const cells = worlds.map((world, index): Cell => {
    const ask = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
      fetch(workerd.origin + path, { headers: { 'x-cell': String(index), ...headers } })
    let told = 0
    return {
      ...world,
      fetch: (path, now) => ask(path, { 'x-now': String(now) }),
      async tick(now) {
        const response = await ask('/', { 'x-tick': String(now) })
        const outcome = await response.text()
        if (outcome !== 'ok') throw new Error(`The tick ended with ${response.status} ${outcome}`)
      },
      async report() {
        for (;;) {
          const response = await ask('/-/report')
          const { pending, lines } = (await response.json()) as {
            readonly pending: number
            readonly lines: readonly string[]
          }
          if (pending === 0) {
            const fresh = lines.slice(told)
            told = lines.length
            return fresh
          }
          await new Promise((resolve) => setTimeout(resolve, 50))
        }
      },
    }
  })
  return {
    cells,
    async [Symbol.asyncDispose]() {
      await workerd.close()
      await Promise.all([kv.close(), upstream.close()])
    },
  }
}

function config(kv: Listener, texts: string, upstreams: readonly string[]): string {
  const services = upstreams.map(
    (origin, index) => `
    (name = "${index}", worker = (
      compatibilityDate = "2026-11-01",
      modules = [
        (name = "cell.js", esModule = embed "cell.js"),
        (name = "index.js", esModule = embed "index.js"),
        ${texts}
      ],
      bindings = [
        (name = "CATALOG", kvNamespace = "kv ${index}"),
        (name = "ANTHROPIC_API_KEY", text = "stand-in-key"),
        (name = "ANTHROPIC_BASE_URL", text = ${JSON.stringify(origin)}),
      ],
    )),
    (name = "kv ${index}", external = (
      address = "${new URL(kv.origin).host}",
      http = (injectRequestHeaders = [(name = "x-cell", value = "${index}")]),
    )),`,
  )
  const bindings = upstreams.map((_, index) => `(name = "${index}", service = "${index}")`)
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [${services.join('')}
    (name = "router", worker = (
      compatibilityDate = "2026-11-01",
      compatibilityFlags = ["service_binding_extra_handlers"],
      modules = [(name = "router.js", esModule = embed "router.js")],
      bindings = [${bindings.join(', ')}],
    )),
    (name = "internet", network = (allow = ["local", "private", "public"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "router")],
);
`
}
