import { writeSection } from '../readme.ts'
import { freshnessSection, scaleSection } from '../report/sections.ts'

/** Writes it into the README. */
export async function report(): Promise<void> {
  await writeSection('scale', await scaleSection(tell))
  await writeSection('freshness', await freshnessSection(tell))
}

function tell(words: string): void {
  process.stderr.write(`${words}\n`)
}
