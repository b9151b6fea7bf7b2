import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import type { Readable } from 'node:stream'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { requireOfWrangler } from '@models-edge/testing/wrangler'
import { bytes, count, measured } from '../figures.ts'
import type { Walked } from '../library/report.ts'
import { spawnMeasured } from '../machine/cores.ts'
import { packedSize } from '../packed-size.ts'
import { turns } from '../rounds.ts'
import { manyReal } from '../servers/catalogues.ts'
import { startUpstream } from '../servers/upstream.ts'
import { pairedRatio, summarize } from '../statistics.ts'
import { table } from '../table.ts'

const MODELS = 10_000

const contenders = [
  {
    name: '@models-edge/core',
    program: 'walk-core',
    source: `import { listModels } from '@models-edge/core'
for await (const model of listModels(fetch, { limit: 100 }, { apiKey: 'any' })) console.log(model)`,
  },
  {
    name: '@anthropic-ai/sdk',
    program: 'walk-sdk',
    source: `import Anthropic from '@anthropic-ai/sdk'
const list = new Anthropic({ apiKey: 'any', dangerouslyAllowBrowser: true }).models.list({ limit: 100 })
for await (const model of list) console.log(model)`,
  },
] as const

const esbuild = requireOfWrangler('esbuild') as { build(options: object): Promise<unknown> }

/** Here and not in a folder of the system, so that the SDK is found. */
const folder = fileURLToPath(new URL('../../built', import.meta.url))

/** Ten thousand models in pages of a hundred, with core and with the official SDK. */
export async function library(rounds: number): Promise<string> {
  await build()
  await using upstream = await startUpstream(manyReal(MODELS))
  const walks = new Map(contenders.map(({ name }) => [name as string, [] as Walked[]]))
  for (let round = -1; round < rounds; round += 1) {
    for (const { name, program } of turns(contenders, Math.max(0, round))) {
      const walked = await walk(program, upstream.origin)
      if (walked.models !== MODELS) throw new Error(`${name} came to ${walked.models} models`)
      if (round >= 0) walks.get(name)?.push(walked) // the first one fills upstream's memory
    }
  }
  const rows: string[][] = []
  for (const { name, source } of contenders) {
    const done = walks.get(name) ?? []
    const { brotli, minified } = await packedSize(source)
    const { median } = summarize(done.map(({ peakBytes }) => peakBytes))
    rows.push([
      name,
      measured(summarize(done.map(({ ms }) => ms))),
      measured(summarize(done.map(({ cpuMs }) => cpuMs))),
      bytes(median),
      bytes(minified),
      bytes(brotli),
    ])
  }
  const [core = [], sdk = []] = [...walks.values()]
  const share = (of: 'cpuMs' | 'ms'): string =>
    measured(
      pairedRatio(
        core.map((walked) => walked[of]),
        sdk.map((walked) => walked[of]),
      ),
    )
  return [
    table(['', 'ms', 'CPU ms', 'peak memory', 'minified', 'brotli'], rows),
    `${count(MODELS)} models in pages of 100, with both libraries as npm gives them. Time, CPU and memory are those of a whole process of Node, its start included: core takes ${share('ms')} of the SDK's time, and ${share('cpuMs')} of its CPU. Of ${rounds} walks each.`,
  ].join('\n\n')
}

/** Core as its package has it: Node would take its time to make JavaScript of the sources. */
async function build(): Promise<void> {
  await esbuild.build({
    entryPoints: contenders.map(({ program }) =>
      fileURLToPath(new URL(`../library/${program}.ts`, import.meta.url)),
    ),
    bundle: true,
    external: ['@anthropic-ai/sdk'],
    format: 'esm',
    platform: 'node',
    outdir: folder,
    outExtension: { '.js': '.mjs' },
  })
}

async function walk(program: string, origin: string): Promise<Walked> {
  const child = spawnMeasured(process.execPath, [join(folder, `${program}.mjs`), origin], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = await Promise.all([text(child.stdout as Readable), once(child, 'exit')])
  return JSON.parse(said) as Walked
}
