import { copyFile, cp } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { listen } from '@models-edge/testing/listener'
import { serveWorkerd, type Workerd } from '@models-edge/testing/workerd'
import { copyBundle, textModules } from '../node/workerd.ts'
import type { CellKv } from './cell-kv.ts'
import type { CellUpstream } from './cell-upstream.ts'

/** What an isolate has around it. */
interface World {
  readonly kv: CellKv
  readonly upstream: CellUpstream
  /** Whose Keeper it asks: that cell's; its own unless told. */
  readonly keeper?: number
}

/** What an isolate says of itself. */
interface Report {
  /** How much goes on behind the answers. */
  readonly behind: number
  readonly lines: readonly string[]
  /** The longest time that a request was waited for. */
  readonly longestMs: number
}

/** How often a cell is asked whether its time may pass: no outcome depends on it. */
const POLL_MS = 10

/** An isolate of its own in its world. Its time passes only where nothing else can happen. */
export class Cell {
  readonly kv: CellKv
  readonly upstream: CellUpstream
  readonly baseURL: string
  now = 0
  isKeeperReachable = true
  readonly #origin: string
  readonly #name: string
  /** Requests and ticks that it got, and those whose answers came. */
  #sent = 0
  #seen = 0
  #told = 0

  constructor({ kv, upstream }: World, baseURL: string, origin: string, name: string) {
    this.kv = kv
    this.upstream = upstream
    this.baseURL = baseURL
    this.#origin = origin
    this.#name = name
  }

  /** Where to ask it for that, and how. */
  request(path: string): {
    readonly url: string
    readonly headers: Readonly<Record<string, string>>
  } {
    return {
      url: this.#origin + path,
      headers: { 'x-cell': this.#name, 'x-told': this.#message() },
    }
  }

  async fetch(path: string): Promise<Response> {
    this.#sent += 1
    const { headers, url } = this.request(path)
    const answer = fetch(url, { headers })
    const come = answer.then(() => true)
    while (!(await Promise.race([come, sleep(POLL_MS, false)]))) await this.#pass()
    this.#seen += 1
    return answer
  }

  /** The cron knocks. */
  async tick(): Promise<void> {
    const { status } = await this.fetch('/-/tick')
    if (status !== 200) throw new Error(`The tick ended with ${status}`)
  }

  /** Once nothing goes on any more: its lines since the last time, and how patient anybody was. */
  async report(): Promise<Pick<Report, 'lines' | 'longestMs'>> {
    for (;;) {
      const { behind, lines, longestMs } = await this.#pass()
      if (behind === 0) {
        return { lines: lines.slice(this.#told, (this.#told = lines.length)), longestMs }
      }
      await sleep(POLL_MS)
    }
  }

  async #pass(): Promise<Report> {
    this.upstream.drip()
    const { headers, url } = this.request('/-/pass')
    return (await (await fetch(url, { headers })).json()) as Report
  }

  #message(): string {
    const { isKeeperReachable, kv, now, upstream } = this
    return JSON.stringify({
      now,
      isKeeperReachable,
      kvDelayMs: kv.state.delayMs,
      // Time does not pass while anything is on its way that the isolate cannot see, or that will come.
      sent: this.#sent,
      seen: this.#seen,
      held: upstream.held.size,
    })
  }
}

export interface Cells {
  readonly cells: readonly Cell[]
  [Symbol.asyncDispose](): Promise<void>
}

/** As many isolates as there are worlds, in one workerd, of the production bundle. */
export async function startCells(worlds: readonly World[]): Promise<Cells> {
  const kv = await listen((request, response) =>
    worlds[Number(request.headers['x-cell'])]!.kv.respond(request, response),
  )
  const upstream = await listen((request, response) => {
    const [, index, path] = /^\/(\d+)(\/.*)$/.exec(request.url ?? '') ?? []
    return worlds[Number(index)]!.upstream.respond(path ?? '', request, response)
  })
  const baseURLs = worlds.map(({ keeper }, index) => `${upstream.origin}/${keeper ?? index}`)
  let workerd: Workerd | undefined
  const close = async (): Promise<void> => {
    await workerd?.close()
    await Promise.all([kv.close(), upstream.close()])
  }
  try {
    const services = worlds.map(({ keeper }, index) => ({ keeper, baseURL: baseURLs[index] ?? '' }))
    const capnp = config(services, new URL(kv.origin).host, await textModules())
    workerd = await serveWorkerd(fill, capnp)
  } catch (error) {
    await close()
    throw error
  }
  const { origin } = workerd
  return {
    cells: worlds.map((world, index) => new Cell(world, baseURLs[index] ?? '', origin, `${index}`)),
    [Symbol.asyncDispose]: close,
  }
}

async function fill(folder: string): Promise<void> {
  await (process.env['OTHER_BUNDLE']
    ? cp(process.env['OTHER_BUNDLE'], folder, { recursive: true })
    : copyBundle(folder))
  await copyFile(fileURLToPath(new URL('cell.js', import.meta.url)), join(folder, 'cell.js'))
}

interface Service {
  readonly keeper: number | undefined
  readonly baseURL: string
}

function config(services: readonly Service[], kv: string, texts: string): string {
  const cells = services.map(({ baseURL, keeper }, index) => {
    const theirs = `(className = "Keeper", serviceName = "${keeper}")`
    const own = `durableObjectNamespaces = [
        (className = "Keeper", uniqueKey = "${index}", enableSql = true, preventEviction = true),
      ],
      durableObjectStorage = (localDisk = "disk"),`
    return `
    (name = "${index}", worker = (
      compatibilityDate = "2026-11-01",
      modules = [
        (name = "cell.js", esModule = embed "cell.js"),
        (name = "index.js", esModule = embed "index.js"),
        ${texts}
      ],
      bindings = [
        (name = "CELL", text = "${index}"),
        (name = "CATALOG", kvNamespace = "kv ${index}"),
        (name = "KEEPER", durableObjectNamespace = ${keeper === undefined ? '"Keeper"' : theirs}),
        (name = "ANTHROPIC_API_KEY", text = "stand-in-key"),
        (name = "ANTHROPIC_BASE_URL", text = "${baseURL}"),
      ],
      ${keeper === undefined ? own : ''}
    )),
    (name = "kv ${index}", external = (
      address = "${kv}", http = (injectRequestHeaders = [(name = "x-cell", value = "${index}")]),
    )),`
  })
  const ways = services.map((_, index) => `(name = "${index}", service = "${index}")`)
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [${cells.join('')}
    (name = "disk", disk = (path = "disk", writable = true)),
    (name = "router", worker = (
      compatibilityDate = "2026-11-01",
      modules = [(name = "router.js", esModule =
        "export default { fetch: (request, cells) => cells[request.headers.get('x-cell')].fetch(request) }")],
      bindings = [${ways.join(', ')}],
    )),
    (name = "internet", network = (allow = ["local", "private", "public"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "router")],
);
`
}
