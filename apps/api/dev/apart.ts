import { fork } from 'node:child_process'
import { once } from 'node:events'

/** A server that is told to end takes a moment, and not this long. */
const GRACE_MS = 10_000

/**
 * Runs a server in a group of processes of its own, until it ends or is told to. Ctrl+C reaches every
 * process of a group: there, it would end the runtime beside the server, which would take that for a crash.
 */
export async function runApart(program: URL): Promise<void> {
  // On Windows, that would be a window of its own.
  const detached = process.platform !== 'win32'
  const child = fork(program, process.argv.slice(2), { detached })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // One Ctrl+C comes several times: from the terminal, and from each script around this one.
      if (!child.connected) return
      child.disconnect()
      // It may be too busy to hear.
      setTimeout(() => endGroup(child.pid), GRACE_MS).unref()
    })
  }
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  endGroup(child.pid)
  if (signal) process.stderr.write(`Something ended the server, with ${signal}.\n`)
  process.exitCode = code ?? 1
}

/** In that server: it ends with the process that runs it, however that one ends, or says why it cannot run. */
export async function serveApart(main: () => Promise<unknown>): Promise<void> {
  process.once('disconnect', () => process.exit(0))
  try {
    await main()
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
}

/** A server that was killed leaves its runtime behind, with the port and the storage. */
function endGroup(leader: number | undefined): void {
  if (leader === undefined) return
  try {
    process.kill(-leader, 'SIGKILL')
  } catch {
    // Nobody is left, as a rule. Windows has no groups.
  }
}
