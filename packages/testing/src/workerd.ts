import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { requireOfWrangler } from './wrangler.ts'

/** A workerd and nothing else. */
export interface Workerd extends AsyncDisposable {
  readonly origin: string
  /** The port of its inspector, where there is one. */
  readonly inspector: number | undefined
  /** What it has written so far: the Worker's log and complaints of its own. */
  output(): string
  /** Until it has written this. */
  written(text: string): Promise<void>
  close(): Promise<void>
}

const { default: binary } = requireOfWrangler('workerd') as { readonly default: string }

/** A workerd of that configuration, in a folder of its own that is filled first; `disk` in it is empty. */
export async function serveWorkerd(
  fill: (folder: string) => Promise<void>,
  capnp: string,
  flags: readonly string[] = [],
): Promise<Workerd> {
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
  return {
    origin: `http://127.0.0.1:${ports.listen}`,
    inspector: ports['listen-inspector'],
    output: () => output,
    async written(text) {
      while (!output.includes(text)) await once(wrote, 'more')
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
