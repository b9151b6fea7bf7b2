import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:net'

/** A server that answers, in a process of its own. */
export interface Running {
  readonly origin: string
  readonly pid: number
  stop(): Promise<void>
}

/** Ends a server's process and removes what it worked in. */
export async function end(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit')
    child.kill()
    await exited
  }
  // A child of the child may still be writing.
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
}

/** A port that was free a moment ago, for servers that cannot choose one and say which. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('expected a port')
  return address.port
}
