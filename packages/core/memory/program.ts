import { calls, PARTS, WARM_UP } from './calls.ts'

// For Node, Deno and Bun, each started so that it can collect garbage when it is told to.

declare const process: {
  readonly argv: readonly string[]
  readonly stdout: { write(text: string): void }
  memoryUsage(): { readonly heapUsed: number; readonly external: number }
}
declare const gc: () => void

const [, , origin = '', count = ''] = process.argv

async function bytes(): Promise<number> {
  // Some of what is kept is let go by finalizers of what was not.
  for (let round = 0; round < 10; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10))
    gc()
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

// What is loaded, compiled and pooled at first is no leak.
await calls(origin, WARM_UP)
const heaps = [await bytes()]
let ends: Readonly<Record<string, number>> = {}
for (let part = 0; part < PARTS; part += 1) {
  ends = await calls(origin, Number(count) / PARTS)
  heaps.push(await bytes())
}
process.stdout.write(JSON.stringify({ ends, heaps }))
