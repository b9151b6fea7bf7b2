import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'

// The repository's address has one place: `repository` in the root's package.json, in the form of
// `https://github.com/<owner>/<name>`. This writes it where else it is needed; with --check it fails
// where something else stands. Without an address, packages have none and links are placeholders.

interface Manifest {
  readonly private?: boolean
  readonly repository?: unknown
}

const root = join(import.meta.dirname, '..')
const isCheck = process.argv.includes('--check')
const { repository: address } = JSON.parse(read('package.json')) as { repository?: string }
if (address !== undefined && !/^https:\/\/github\.com\/[\w.-]+\/[\w.-]+(?<!\.git)$/.test(address)) {
  throw new Error(
    `"repository" in package.json is not https://github.com/<owner>/<name>: ${address}`,
  )
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

function settle(file: string, isRight: boolean, text: string): void {
  if (isRight) return
  if (isCheck) {
    process.stderr.write(`${file} has another address than package.json: pnpm run repository\n`)
    process.exitCode = 1
    return
  }
  writeFileSync(join(root, file), text)
}

/** The link of the deploy button, and the one from a package's README to the whole's. */
function withLinks(text: string): string {
  const button = address ?? 'https://github.com/YOU/models-edge'
  const whole = address === undefined ? '../../README.md' : `${address}#readme`
  return text
    .replace(/(?<=deploy\.workers\.cloudflare\.com\/\?url=)[^\s`)]+/g, button)
    .replace(/(?<=\]\()(\.\.\/\.\.\/README\.md|https:\/\/github\.com\/[^)]+#readme)(?=\))/g, whole)
}

for (const file of ['README.md', ...globSync('{packages/*,apps/check}/README.md', { cwd: root })]) {
  const text = read(file)
  settle(file, withLinks(text) === text, withLinks(text))
}

// What is published: npm's page links there, and provenance is held against it.
for (const directory of globSync('{packages/*,apps/check}', { cwd: root })) {
  const file = `${directory}/package.json`
  const { repository, ...manifest } = JSON.parse(read(file)) as Manifest
  if (manifest.private) continue
  const wanted = address && { type: 'git', url: `git+${address}.git`, directory }
  const text = JSON.stringify({ ...manifest, repository: wanted }, undefined, 2)
  settle(file, isDeepStrictEqual(repository, wanted), `${text}\n`)
}
