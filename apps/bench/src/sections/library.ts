import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
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

/** Ten thousand models in pages of a hundred, with core and with the official SDK. */
export async function library(rounds: number): Promise<string> {
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
  const ratio = pairedRatio(
    sdk.map(({ cpuMs }) => cpuMs),
    core.map(({ cpuMs }) => cpuMs),
  )
  return [
    table(['', 'walk, ms', 'CPU ms', 'peak memory', 'minified', 'brotli'], rows),
    `${count(MODELS)} models in pages of 100. CPU and memory are those of a whole process of Node, its start included; the SDK's CPU is ${measured(ratio)} times core's. Of ${rounds} walks each.`,
  ].join('\n\n')
}

async function walk(program: string, origin: string): Promise<Walked> {
  const file = fileURLToPath(new URL(`../library/${program}.ts`, import.meta.url))
  const child = spawnMeasured(process.execPath, [file, origin], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = await Promise.all([text(child.stdout as Readable), once(child, 'exit')])
  return JSON.parse(said) as Walked
}
