import { readdirSync, readFileSync } from 'node:fs'

/** What a process and its children have used so far. */
export interface Usage {
  /** Seconds of CPU, in user and kernel mode. */
  readonly cpu: number
  /** Bytes of memory that are resident now. */
  readonly resident: number
}

/** The kernel's clock for user space: a hundred ticks a second, on every Linux of today. */
const TICKS = 100

const PAGE_BYTES = 4096

/** What `/proc` says of a process and of all that it started. */
export function usageOf(root: number): Usage {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    const field = /^\d+$/.test(name) ? statOf(Number(name)) : undefined
    if (field) parents.set(Number(name), field(4))
  }
  const usages = [...parents.keys()].filter(isBelow).map(usageOfProcess)
  return {
    cpu: usages.reduce((sum, { cpu }) => sum + cpu, 0),
    resident: usages.reduce((sum, { resident }) => sum + resident, 0),
  }

  function isBelow(id: number): boolean {
    for (let at: number | undefined = id; at; at = parents.get(at)) if (at === root) return true
    return false
  }
}

function usageOfProcess(id: number): Usage {
  const field = statOf(id)
  if (!field) return { cpu: 0, resident: 0 }
  const ticks = field(14) + field(15)
  return { cpu: exactCpu(id) ?? ticks / TICKS, resident: field(24) * PAGE_BYTES }
}

/** The fields of a process by their numbers in proc(5); undefined where it has ended meanwhile. */
function statOf(id: number): ((field: number) => number) | undefined {
  try {
    const text = readFileSync(`/proc/${id}/stat`, 'latin1')
    // The name before can hold anything, brackets too.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return (field) => Number(fields[field - 3])
  } catch {
    return undefined
  }
}

/** Seconds of CPU of a process' main thread. Ticks would be too coarse for what this measures. */
export function mainThreadCpu(id: number): number {
  const seconds = exactCpu(id, id)
  if (seconds !== undefined) return seconds
  throw new Error(
    `/proc/${id}/task/${id}/schedstat counts nothing: the process has ended, or this kernel does not count (it is no Linux, or was built without CONFIG_SCHED_INFO)`,
  )
}

/** What the scheduler counts in nanoseconds for a thread, or for all, where the kernel was built to say so. */
function exactCpu(id: number, thread?: number): number | undefined {
  try {
    const threads = thread === undefined ? readdirSync(`/proc/${id}/task`) : [thread]
    const nanoseconds = threads
      .map((each) => readFileSync(`/proc/${id}/task/${each}/schedstat`, 'latin1'))
      .reduce((sum, text) => sum + Number(text.split(' ')[0]), 0)
    return nanoseconds > 0 ? nanoseconds / 1e9 : undefined
  } catch {
    return undefined
  }
}
