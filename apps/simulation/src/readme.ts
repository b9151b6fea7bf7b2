import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const README = fileURLToPath(import.meta.resolve('../README.md'))

/** Writes a part of the README that is made by a command: what stands between two marks. */
export async function writeSection(name: string, text: string): Promise<void> {
  const readme = await readFile(README, 'utf8')
  const [begin, end] = [`<!-- ${name} -->\n`, `<!-- end of ${name} -->`]
  const [before, rest] = readme.split(begin)
  const [, after] = rest?.split(end) ?? []
  if (before === undefined || after === undefined) throw new Error(`The README has no ${begin}`)
  await writeFile(README, `${before}${begin}\n${text}\n\n${end}${after}`)
}
