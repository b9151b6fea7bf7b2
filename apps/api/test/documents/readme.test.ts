import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { wrangler } from '@models-edge/testing/wrangler'
import { operations } from '../../src/contract/operations.ts'
import { dayOfKeeper, EXTRA_PUTS, REVALIDATE_SECONDS, staleness } from '../../src/timing.ts'
import { run } from '../commands/run.ts'
import { useService } from '../started/service.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const read = (path: string): string => readFileSync(root + path, 'utf8')
const readme = read('README.md')
const calling = read('docs/calling.md')
const configuration = read('docs/configuration.md')

const service = useService()

/** The first capture of every match. */
function all(pattern: RegExp, text: string): readonly string[] {
  return Array.from(text.matchAll(pattern), ([, found = '']) => found)
}

/** A path without the names of its variables. */
const placeless = (path: string): string => path.replace(/\{.+?\}|:\w+/g, '*')
const number = (text: string): number => Number(text.replaceAll(',', ''))

test('the documents name every route and every binding, with its default, and no other', () => {
  const routes = all(/^\| `GET (\S.*?)` +\|/gm, calling).map(placeless)
  expect(routes.toSorted()).toEqual(Object.keys(operations).map(placeless).toSorted())

  const rows = Array.from(configuration.matchAll(/^\| `([A-Z_]+)` +\|.*?\| (.*?) +\|$/gm))
  const said = new Map(rows.map(([, name = '', text = '']) => [name, text]))
  const [bindings = ''] = all(/interface __BaseEnv_Env \{(.*?)\}/gs, read('apps/api/env.d.ts'))
  expect([...said.keys()].toSorted()).toEqual(all(/(\w+):/g, bindings).toSorted())
  const presets = [...read('wrangler.jsonc').matchAll(/^ +"([A-Z_]+)": "(.+)"/gm)]
  expect(presets).toHaveLength(2)
  for (const [, name = '', value] of presets) expect(said.get(name)).toBe(`\`${value}\``)
})

test('the numbers of the README and its documents are those of the code', () => {
  const [table = ''] = all(/What takes its time.*?\n(.*?)\n\n/gs, calling)
  const terms = Array.from(table.matchAll(/^\| (\S.*?) +\| (\d+) +\|$/gm))
  const times = terms.map(([, term, seconds]) => [term, Number(seconds) * 1000])
  expect(Object.fromEntries(times)).toEqual(staleness.terms)
  for (const document of [readme, calling]) {
    expect(document).toContain(`visible everywhere after ${staleness.totalMs / 1000} seconds`)
    expect(document).toContain(`up to ${REVALIDATE_SECONDS} seconds older`)
  }
  const [kept = ''] = all(/^const MOST = (\d+)$/gm, read('apps/api/src/keeper/history.ts'))
  // Of each of two kinds.
  const changes = (2 * Number(kept)).toLocaleString('en')
  expect(calling).toContain(`The history ends at ${changes} changes`)

  const { knocks, puts, readsOfIsolate } = dayOfKeeper
  const [cost = ''] = all(/^## What it costs\n(.*)/gms, configuration)
  const [requests, calls, rows, reads = 0, writes, ...used] = all(/(\d[\d,]*\d)/g, cost).map(number)
  expect([requests, calls, rows, reads, writes]).toEqual([1e5, 1e5, 1e5, 1e5, 1000])
  const isolates = Math.floor(reads / readsOfIsolate)
  expect(used).toEqual([knocks, puts - EXTRA_PUTS, puts, readsOfIsolate, isolates])

  expect(read('wrangler.jsonc')).toContain('"crons": ["* * * * *"]')
  const manifests = globSync('{apps/*,packages/*,tools}/package.json', { cwd: root })
  const tested = manifests.filter((path) => read(path).includes('"test":')).length
  expect(readme).toContain(`\`Tasks: ${tested} successful, ${tested} total\``)
})

test.each([
  [0, []],
  [1, ['--env', 'staging']],
])('wrangler takes example %i of a configuration', async (index, args) => {
  const extra = all(/^```jsonc\n(.*?)^```/gms, read('docs/deploying.md'))[index]
  const config = `${root}.example-${process.pid}-${index}.jsonc`
  writeFileSync(config, read('wrangler.jsonc').trimEnd().replace(/\}$/, `${extra}}`))
  try {
    const { out } = await run([wrangler, 'deploy', '--dry-run', '--config', config, ...args])
    for (const words of ['env.CATALOG', 'env.KEEPER', '--dry-run: exiting now']) {
      expect(out).toContain(words)
    }
    expect(out).not.toContain('WARNING')
  } finally {
    rmSync(config)
  }
})

test('what there is to subscribe to is there', async () => {
  const [chapter = ''] = all(/^## Be told\n(.*)/gms, read('docs/embedding.md'))
  const paths = all(/(?:https|webcal):\/\/models\.example(\/[^\s`)]+)/g, chapter)
  expect(paths).toEqual(['/changes.atom', '/retirements.ics', '/badge/claude-sonnet-5-5.json'])
  for (const path of paths) expect((await fetch(service.origin + path)).status).toBe(200)
})

const documents = globSync('{*.md,docs/**/*.md,apps/*/**/*.md,packages/*/**/*.md}', {
  cwd: root,
  exclude: (name) => name === 'node_modules' || name === 'CHANGELOG.md' || name.startsWith('.'),
})

test('the links and pictures of every document lead somewhere', () => {
  expect(documents).toContain('SECURITY.md')
  const broken = documents.flatMap((document) => {
    const text = read(document).replace(/^```.*?^```/gms, '')
    const links = /(?:\]\(|(?:src|srcset)=")(?!https?:|#|\/)([^)"\s]+?)(?:#[^)"]*)?[)"]/g
    return Array.from(text.matchAll(links), ([, link = '']) => link)
      .filter((link) => !existsSync(join(root, dirname(document), link)))
      .map((link) => `${document}: ${link}`)
  })
  expect(broken).toEqual([])
})
