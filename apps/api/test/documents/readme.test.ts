import { execFile } from 'node:child_process'
import { globSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompressSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { operations } from '../../src/contract/operations.ts'
import { dayOfKeeper, EXTRA_PUTS, REVALIDATE_SECONDS, staleness } from '../../src/timing.ts'
import { useService } from '../started/service.ts'
import { useSite, type Visit } from '../started/site.ts'
import { models, useStandIn } from '../started/stand-in.ts'
import { wrangler } from '@models-edge/testing/wrangler'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const read = (path: string): string => readFileSync(root + path, 'utf8')
const readme = read('README.md')

const standIn = useStandIn()
const service = useService({ upstream: () => standIn.origin })
const site = useSite()

beforeAll(() => service.tick())

/** The first capture of every match. */
function all(pattern: RegExp, text = readme): readonly string[] {
  return Array.from(text.matchAll(pattern), ([, found = '']) => found)
}

const named = all(/^\| `GET (\S.*?)` +\|/gm)

/** A path without the names of its variables. */
const placeless = (path: string): string => path.replace(/\{.+?\}|:\w+/, '*')

test('the README names every route, and no other', () => {
  const routes = Object.keys(operations)
  expect(named.map(placeless).toSorted()).toEqual(routes.map(placeless).toSorted())
})

test('all of them answer', async () => {
  const page = await (await fetch(service.origin)).text()
  const [version = ''] = all(/\/widget\/([^/]+)\/widget\.js/g, page)
  for (const path of named) {
    const filled = path.replace('{id or alias}', 'claude-haiku-4-5').replace('{version}', version)
    const { status } = await fetch(service.origin + filled)
    expect(`${status} ${filled}`).toBe(`200 ${filled}`)
  }
})

test('the README names every binding, with its default', () => {
  const [bindings = ''] = all(/interface __BaseEnv_Env \{(.*?)\}/gs, read('apps/api/env.d.ts'))
  const rows = Array.from(
    readme.matchAll(/^\| `([A-Z_]+)` +\|.*?\| (.*?) +\|$/gm),
    ([, name = '', says]) => [name, says] as const,
  )
  expect(rows.map(([name]) => name).toSorted()).toEqual(all(/(\w+):/g, bindings).toSorted())
  const presets = Array.from(
    read('wrangler.jsonc').matchAll(/^ +"([A-Z_]+)": "(.+)"/gm),
    ([, name, value]) => [name, `\`${value}\``],
  )
  expect(presets.length).toBeGreaterThan(0)
  expect(rows).toEqual(expect.arrayContaining(presets))
})

test('the README says how large the widget is, as the check holds it', async () => {
  const limits = JSON.parse(read('packages/widget/.size-limit.json')) as { limit: string }[]
  const [list, picker, both] = limits.map(({ limit }) => Number.parseInt(limit, 10))
  const figures = /one file of (.+?) bytes .*?the list is (.+?) and the picker (.+?)\./.exec(readme)
  const said = figures?.slice(1).map((figure) => Number(figure.replace(',', '')))
  expect(said).toEqual([both, list, picker])
  const served = await (await fetch(`${service.origin}/widget.js`)).text()
  expect(brotliCompressSync(served).length).toBeLessThanOrEqual(both ?? 0)
})

const number = (text = ''): number => Number(text.replaceAll(',', ''))

test('the README says how stale data can be, term by term', () => {
  const [table = ''] = all(/What takes its time.*?\n(.*?)\n\n/gs)
  const said = Array.from(
    table.matchAll(/^\| (\S.*?) +\| (\d+) +\|$/gm),
    ([, term = '', seconds]) => [term, Number(seconds) * 1000],
  )
  expect(Object.fromEntries(said)).toEqual(staleness.terms)
  expect(readme).toContain(`visible everywhere after ${staleness.totalMs / 1000} seconds`)
  expect(readme).toContain(`up to ${REVALIDATE_SECONDS} seconds older`)
})

test('the README counts what the free plan is asked for', () => {
  const [section = ''] = all(/^## What it costs\n(.*?)^## /gms)
  const said = all(/([\d,]{2,}\d)/g, section).map(number)
  const [requests, calls, rows, reads, writes, knocks, puts, mostPuts, readsOfIsolate] = said
  expect([requests, calls, rows, reads, writes]).toEqual([1e5, 1e5, 1e5, 1e5, 1000])
  expect(knocks).toBe(dayOfKeeper.knocks)
  expect(puts).toBe(dayOfKeeper.puts - EXTRA_PUTS)
  expect(mostPuts).toBe(dayOfKeeper.puts)
  expect(readsOfIsolate).toBe(dayOfKeeper.readsOfIsolate)
  const [isolates] = all(/so (\d+) of them/g, section).map(number)
  expect(isolates).toBe(Math.floor(reads! / readsOfIsolate!))
})

test('every command of the README is one that there is', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const texts = [readme, read('CONTRIBUTING.md'), read('docs/deploying.md')].join('\n')
  const commands = all(
    /(?:`|\n|&& )(?:\w+=\d+ )?(?:npx -y )?pnpm(?:@[\d.]+)? (?:--filter \S+ )?(?:run )?([a-z][\w:-]*)/g,
    texts,
  )
  const own = new Set(['exec', 'run'])
  const packages = globSync('{apps,packages}/*/package.json', { cwd: root }).flatMap((path) =>
    Object.keys((JSON.parse(read(path)) as { scripts?: object }).scripts ?? {}),
  )
  const known = new Set([...Object.keys(scripts), ...packages, ...own])
  expect(commands.length).toBeGreaterThan(10)
  expect(commands.filter((name) => !known.has(name))).toEqual([])
  const pinned = (JSON.parse(read('package.json')) as { packageManager: string }).packageManager
  expect(new Set(texts.match(/pnpm@[\d.]+\d/g))).toEqual(new Set([pinned]))
})

test('the program of the README for the SDK prints every current model', async () => {
  const code = all(/^```ts\n(.*?)^```/gms).find((text) => text.includes('@anthropic-ai/sdk'))!
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--input-type=module-typescript',
      '--eval',
      code.replace('http://localhost:8787', service.origin),
    ],
    { cwd: `${root}apps/api` },
  )
  const current = models.filter(({ lifecycle }) => lifecycle !== 'retired').map(({ id }) => id)
  expect(stdout.trim().split('\n')).toEqual(current)
})

test('the program of the README for core does, too, with another address', async () => {
  const code = all(/^```ts\n(.*?)^```/gms).find((text) => text.includes('@models-edge/core'))!
  const against = code.replace(
    /\{ apiKey: process\.env\.ANTHROPIC_API_KEY \}/,
    `{ baseURL: '${service.origin}' }`,
  )
  expect(against).not.toBe(code)
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module-typescript', '--eval', against],
    { cwd: `${root}apps/api` },
  )
  expect(stdout.trim().split('\n')).toEqual(
    models
      .filter(({ lifecycle }) => lifecycle !== 'retired')
      .map(({ id, lifecycle }) => `${id} ${lifecycle}`),
  )
})

test(
  'each example of a configuration is one that wrangler takes',
  { timeout: 60_000 },
  async () => {
    const examples = all(/^```jsonc\n(.*?)^```/gms, read('docs/deploying.md'))
    expect(examples).toHaveLength(2)
    for (const [index, extra] of examples.entries()) {
      const config = `${root}.example-${process.pid}.jsonc`
      const whole = read('wrangler.jsonc').trimEnd().replace(/\}$/, `${extra}}`)
      writeFileSync(config, whole)
      try {
        const { stdout } = await promisify(execFile)(
          process.execPath,
          [
            wrangler,
            'deploy',
            '--dry-run',
            '--config',
            config,
            ...(index === 1 ? ['--env', 'staging'] : []),
          ],
          { cwd: root, env: { ...process.env, WRANGLER_SEND_METRICS: 'false' } },
        )
        for (const binding of ['env.CATALOG', 'env.KEEPER']) expect(stdout).toContain(binding)
        expect(stdout).toContain('--dry-run: exiting now')
        expect(stdout).not.toContain('WARNING')
      } finally {
        rmSync(config)
      }
    }
  },
)

test('the README tells what the commands say', () => {
  const [said = ''] = all(/^```\n(models-edge serves .*?)^```/gms)
  const [first = '', ...rest] = said.trim().split('\n')
  expect(first).toContain(`serves ${models.length} models`)
  const source = read('apps/api/dev/main.ts')
  expect(rest).toHaveLength(4)
  for (const line of rest) {
    expect(source).toContain(line.replace('http://localhost:8787', '${origin}'))
  }
  const tested = globSync('{apps/*,packages/*,tools}/package.json', { cwd: root }).filter((path) =>
    read(path).includes('"test":'),
  )
  const count = tested.length
  expect(readme).toContain(`\`Tasks: ${count} successful, ${count} total\``)
})

test('the README’s pictures are all that there are, and small', () => {
  const images = readdirSync(`${root}docs/images`).map((name) => `docs/images/${name}`)
  const shown = all(/(?:src|srcset)="(docs.+?)"/g)
  expect(shown.toSorted()).toEqual(images.toSorted())
  for (const image of images)
    expect([image, statSync(root + image).size < 150_000]).toEqual([image, true])
})

/** An example of the README on somebody's page. */
function example(containing: string): Promise<Visit> {
  const code = all(/^```html\n(.*?)^```/gms).find((text) => text.includes(containing)) ?? ''
  return site.visit(code.replaceAll('https://models.example', service.origin), service.origin)
}

test('the two lines to embed are two, and all that it takes', async () => {
  expect(
    all(/^```html\n(.*?)^```/gms)[0]
      ?.trim()
      .split('\n'),
  ).toHaveLength(2)
  const visit = await example('<model-list>')
  await visit.until('model-list load')
  expect((await visit.texts('id')).length).toBeGreaterThan(0)
})

test('the form to embed keeps what was saved', async () => {
  const visit = await example('<model-picker>')
  await visit.until('model-picker load')
  expect(await visit.page.getByLabel('Model').inputValue()).toBe('claude-2')
  expect(await visit.options()).toContain('unknown: claude-2')
})
