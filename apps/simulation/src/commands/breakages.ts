import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Breakage } from '../breakages/breakage.ts'
import { breakages } from '../breakages/breakages.ts'
import { writeSection } from '../readme.ts'
import { type Found, print } from './run.ts'

const MAIN = fileURLToPath(import.meta.resolve('../main.ts'))
const SEEDS = '1..12'
const PLACES = 3

/** Breaks the product in every way that is known, and tells which seed notices first. Two at a time. */
export async function tabulate(): Promise<number> {
  let unnoticed = 0
  const rows = new Map<string, string>()
  const waiting = Object.entries(breakages)
  await Promise.all([work(), work()])
  await writeSection(
    'breakages',
    [
      '| breakage | what is wrong then | the promise that is not kept | seed | hours |',
      '| --- | --- | --- | --- | --- |',
      ...Object.keys(breakages).map((name) => rows.get(name)),
      '',
      `Seeds ${SEEDS.replace('..', ' to ')}; the first one that notices, and after how many hours of its day. Where it takes faults that meet rarely, or more places, its source says which.`,
    ].join('\n'),
  )
  return unnoticed > 0 ? 1 : 0

  async function work(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [name, breakage] = next
      const found = await firstFound(name, breakage)
      if (!found) unnoticed += 1
      const seen = found
        ? `${found.promise} | ${found.seed} | ${found.hours.toFixed(1)}`
        : '**not noticed** | |'
      print(`${name}: ${seen}`)
      rows.set(name, `| ${name} | ${breakage.words} | ${seen} |`)
    }
  }
}

/** In a process of its own: what was imported stays as it was. */
function firstFound(
  name: string,
  { faults, news, only, places = PLACES, twin }: Breakage,
): Promise<Found | undefined> {
  const options = ['--places', String(places), '--seeds', SEEDS, '--break', name, '--json']
  if (twin) options.push('--twin')
  if (faults !== undefined) options.push('--faults', String(faults))
  if (news !== undefined) options.push('--news', String(news))
  if (only) options.push('--only', only.join())
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [MAIN, 'run', ...options], (error, stdout, stderr) => {
      const line = stdout.trim()
      if (line.startsWith('{')) resolve(JSON.parse(line) as Found)
      else if (error) reject(new Error(stderr))
      else resolve(undefined)
    })
  })
}
