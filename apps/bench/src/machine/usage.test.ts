import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, describe, expect, test } from 'vitest'
import { mainThreadCpu, usageOf } from './usage.ts'

const started: ReturnType<typeof spawn>[] = []

afterEach(() => {
  for (const child of started.splice(0)) child.kill()
})

/** A program that says a word when it has done its work, and then waits. */
async function start(program: string): Promise<number> {
  const child = spawn(process.execPath, ['-e', `${program}; setInterval(() => {}, 1000)`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  started.push(child)
  await once(child.stdout, 'data')
  return child.pid ?? 0
}

const burn = `
  const start = process.cpuUsage()
  const used = () => {
    const { system, user } = process.cpuUsage(start)
    return user + system
  }
  while (used() < 300_000);
  console.log('done')`

describe.runIf(process.platform === 'linux')('usage', () => {
  test('is the CPU and the memory that a process says it has', async () => {
    const pid = await start(burn)
    const { cpu, resident } = usageOf(pid)
    expect(cpu).toBeGreaterThanOrEqual(0.29)
    expect(resident).toBeGreaterThan(10_000_000)
    // The work was the main thread's.
    expect(mainThreadCpu(pid)).toBeGreaterThanOrEqual(0.29)
  })

  test('counts what a child does, too', async () => {
    const pid = await start(`
      const { spawn } = require('node:child_process')
      const inner = ${JSON.stringify(burn)} + '; setInterval(() => {}, 1000)'
      const child = spawn(process.execPath, ['-e', inner], { stdio: ['ignore', 'inherit', 'inherit'] })
      process.on('exit', () => child.kill())
      process.on('SIGTERM', () => process.exit())`)
    const own = usageOf(pid)
    expect(own.cpu).toBeGreaterThanOrEqual(0.29)
  })

  test('of a process that is no more is nothing', () => {
    expect(usageOf(2 ** 30)).toEqual({ cpu: 0, resident: 0 })
    expect(() => mainThreadCpu(2 ** 30)).toThrow('schedstat counts nothing')
  })
})
