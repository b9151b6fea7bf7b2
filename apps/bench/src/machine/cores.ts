import { type ChildProcess, execFileSync, spawn, type StdioOptions } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * One core for the server that is measured, another for everything else (load, KV, upstream), so that
 * neither takes the other's time. Undefined where the machine has only one, or no `taskset`.
 */
export const cores = twoCores()

function twoCores(): { readonly server: number; readonly rest: number } | undefined {
  try {
    const allowed = /Cpus_allowed_list:\s*(\S+)/.exec(readFileSync('/proc/self/status', 'utf8'))
    const numbers = (allowed?.[1] ?? '').split(',').flatMap((range) => range.split('-').map(Number))
    const [server, rest] = [numbers[0], numbers.at(-1)]
    if (server === undefined || rest === undefined || server === rest) return undefined
    execFileSync('taskset', ['-V'], { stdio: 'ignore' })
    return { server, rest }
  } catch {
    return undefined
  }
}

/** Moves this process and all its threads to the core that is not measured. */
export function leaveServerCore(): void {
  if (!cores) return
  const command = ['-a', '-c', '-p', String(cores.rest), String(process.pid)]
  execFileSync('taskset', command, { stdio: 'ignore' })
}

/** Starts a program on the measured core. It ends with this process, however that ends. */
export function spawnMeasured(
  program: string,
  args: readonly string[],
  options: {
    readonly cwd?: string
    readonly stdio?: StdioOptions
    readonly env?: NodeJS.ProcessEnv
  },
): ChildProcess {
  const child = cores
    ? spawn('taskset', ['-c', String(cores.server), program, ...args], options)
    : spawn(program, args, options)
  children.add(child)
  child.once('exit', () => children.delete(child))
  return child
}

const children = new Set<ChildProcess>()

process.once('exit', () => {
  for (const child of children) child.kill()
})
// Without a listener, a signal would end this process at once, and its children would go on.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
