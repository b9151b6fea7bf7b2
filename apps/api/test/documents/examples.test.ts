import { execFile, spawnSync } from 'node:child_process'
import { chmodSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { listen } from '@models-edge/testing/listener'
import { models } from '@models-edge/upstream/catalogue'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { currentIds, modelText, useService } from '../started/service.ts'

// Every example of the documents, as it stands there, with a service at https://models.example.

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const service = useService()

interface Example {
  readonly document: string
  readonly language: string
  readonly code: string
}

const examples = globSync('{*.md,docs/*.md}', { cwd: root }).flatMap((document): Example[] => {
  const blocks = readFileSync(join(root, document), 'utf8').matchAll(/^```(\w*)\n(.*?)^```/gms)
  return Array.from(blocks, ([, language = '', code = '']) => ({ document, language, code }))
})

const current = models.filter(({ lifecycle }) => lifecycle !== 'retired')
const retired = models.filter(({ lifecycle }) => lifecycle === 'retired').map(({ id }) => id)
const ids = exactly(currentIds)
const lives = exactly(current.map(({ id, lifecycle }) => `${id} ${lifecycle}`))

function exactly(lines: readonly string[]): RegExp {
  return new RegExp(`^${lines.join('\n')}\n$`)
}

/** A part of an example, its language, and what it writes. */
const outputs: readonly (readonly [part: string, language: string, writes: RegExp])[] = [
  ["curl 'https://models.example/v1/models?limit=2'", 'sh', /^\{"data":\[.*"has_more":true/],
  [
    'curl https://models.example/v1/models/claude-haiku-4-5',
    'sh',
    new RegExp(`^{"type":"model","id":"claude-haiku-4-5-20251001".*}${currentIds[0]}\n`),
  ],
  ['?lifecycle[]=retired', 'sh', new RegExp(`^${retired.join('\n')}\n\\{"data":\\[.*\\]`)],
  ['npx -y @models-edge/check', 'sh', /claude-3-haiku-20240307/],
  ['const models = listModels(', 'ts', lives],
  ['const service = ', 'ts', lives],
  ['const anthropic = ', 'ts', lives],
  ['const answer = await fetch', 'js', lives],
  ["from '@anthropic-ai/sdk'", 'js', ids],
  ['from urllib', 'python', lives],
  ['from anthropic', 'python', ids],
  ['net/http', 'go', lives],
]

/** What is no program, or takes more than this test has, and who holds it. */
const elsewhere: readonly (readonly [part: string, document: string, by: string])[] = [
  ['pnpm@10.34.8 test  #', 'README.md', 'dev.test.ts for the one, .ci/run for the other'],
  ['models-edge serves', 'README.md', 'commands/dev.test.ts'],
  ['run deploy', 'README.md', 'commands/deploy.test.ts'],
  ['pnpm@10.34.8 start\n', 'README.md', 'commands/start.test.ts'],
  ['<model-list>', 'README.md', 'clients/browser.test.ts'],
  ['<model-list>', 'docs/embedding.md', 'clients/browser.test.ts'],
  ['<model-picker>', 'docs/embedding.md', 'clients/browser.test.ts'],
  ['/badge/', 'docs/embedding.md', 'readme.test.ts'],
  ['workspace:*', 'docs/developing.md', 'below'],
  ['known=', 'docs/calling.md', 'below'],
  ['crontab', 'docs/operating.md', 'below'],
  ['"event"', 'docs/operating.md', 'commands/operating.test.ts has its words'],
  ['flowchart LR', 'docs/architecture.md', 'a picture'],
  ['"routes"', 'docs/deploying.md', 'readme.test.ts'],
  ['"env"', 'docs/deploying.md', 'readme.test.ts'],
  ['ANTHROPIC_API_KEY=stand-in-key', 'docs/deploying.md', 'commands/start.test.ts'],
  ['onNextSessionRestoreBookmark', 'docs/keeper.md', 'whoever restores a Keeper'],
]

/** Whether a program is here. One that is not is told, and its examples are left out. */
function has(program: string, ...args: readonly string[]): boolean {
  const isHere = spawnSync(program, args).status === 0
  if (!isHere)
    process.stdout.write(`Left out: the examples that need ${program} ${args.join(' ')}\n`)
  return isHere
}

const hasShell = ['bash', 'curl', 'jq'].map((program) => has(program, '--version')).every(Boolean)
const isRun: Readonly<Record<string, () => boolean>> = {
  sh: () => hasShell,
  'from urllib': () => has('python3', '--version'),
  'from anthropic': () => has('python3', '-c', 'import anthropic'),
  go: () => has('go', 'version'),
}

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'examples-'))
  writeFileSync(join(folder, 'a.py'), 'model = "claude-3-haiku-20240307"\n')
  // The checker is not on npm: here, npx finds it.
  const checker = join(root, 'apps/check/src/main.ts')
  const npx = `#!/bin/sh\n[ "$1 $2" = "-y @models-edge/check" ] && shift 2 && exec "${process.execPath}" "${checker}" "$@"\n`
  writeFileSync(join(folder, 'npx'), npx)
  chmodSync(join(folder, 'npx'), 0o755)
})

afterAll(() => rmSync(folder, { recursive: true }))

/** Runs an example: programs of Node where this package's dependencies are, the others in a folder of their own. */
function run({ code, language }: Omit<Example, 'document'>): Promise<string> {
  const here = code.replaceAll('https://models.example', service.origin)
  const file = join(folder, 'models.go')
  if (language === 'go') writeFileSync(file, here)
  // No example asks Anthropic itself.
  const redirect = `const real = fetch; globalThis.fetch = (asked) => real(asked.url ? new Request(asked.url.replace('https://api.anthropic.com', '${service.origin}'), asked) : asked)`
  const preload = ['--import', `data:text/javascript,${encodeURIComponent(redirect)}`]
  const [program, args] = {
    sh: ['bash', ['-c', here]] as const,
    js: [process.execPath, ['--input-type=module', '--eval', here]] as const,
    ts: [process.execPath, [...preload, '--input-type=module-typescript', '--eval', here]] as const,
    python: ['python3', ['-c', here]] as const,
    go: ['go', ['run', file]] as const,
  }[language] ?? ['', []]
  const cwd = /^[jt]s$/.test(language) ? join(root, 'apps/api') : folder
  const PATH = `${folder}${delimiter}${process.env['PATH']}`
  const env = { ...process.env, PATH, ANTHROPIC_API_KEY: 'any', XDG_CACHE_HOME: folder }
  return new Promise((resolve) => {
    execFile(program, args, { cwd, env }, (_, ...said) => resolve(said.join('')))
  })
}

function exampleWith(part: string): Example {
  const found = examples.find(({ code }) => code.includes(part))
  if (!found) throw new Error(`No document has an example with ${part}`)
  return found
}

describe('an example', () => {
  test.each(outputs)('with %s, in %s, writes what it says', async (part, language, writes) => {
    const isHere = isRun[part] ?? isRun[language]
    if (isHere && !isHere()) return
    const example = exampleWith(part)
    expect(example.language).toBe(language)
    expect(await run(example)).toMatch(writes)
  })

  test('is run by this test or by the one that is named here', () => {
    const left = examples.filter(
      ({ code, document }) =>
        !outputs.some(([part]) => code.includes(part)) &&
        !elsewhere.some(([part, path]) => path === document && code.includes(part)),
    )
    expect(left).toEqual([])
    for (const [part, document] of elsewhere) {
      const found = examples.filter((each) => each.document === document)
      expect(found.map(({ code }) => code).join(), `${document}: ${part}`).toContain(part)
    }
  })
})

test('a workspace names the library as this package does', () => {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'apps/api/package.json'), 'utf8'))
  expect(manifest).toMatchObject(JSON.parse(exampleWith('workspace:*').code) as object)
})

test.runIf(hasShell).each([
  ['ok', null, ''],
  ['degraded', { in_a_row: 4, reason: 'timeout' }, ''],
  ['degraded', { in_a_row: 5, reason: 'timeout' }, 'models-edge is degraded: timeout\n'],
  ['down', null, 'models-edge is down: no sync has run\n'],
])('the alert of %s, %j, is %j', async (status, last_failure, said) => {
  await using failing = await listen((_, response) =>
    response.end(JSON.stringify({ status, last_failure })),
  )
  const [, line = ''] = /^\*\/5 \* \* \* \* (.*)$/m.exec(exampleWith('crontab').code) ?? []
  const code = line.replace('https://models.example', failing.origin)
  expect(await run({ language: 'sh', code })).toBe(said)
})

// Last: what upstream lists is another thing from then on.
test.runIf(hasShell)('the script that follows tells each change once', async () => {
  const script = exampleWith('known=')
  const { body } = await fetch(`${service.origin}/v1/changes?limit=1000`)
  const { data } = (await new Response(body).json()) as { readonly data: readonly unknown[] }
  expect((await run(script)).trim().split('\n')).toHaveLength(data.length)
  expect(await run(script)).toBe('')
  service.upstream.models = [modelText('claude-new'), ...service.upstream.models]
  await service.tick()
  expect(await run(script)).toMatch(/^\S+ claude-new released\n$/)
  expect(await run(script)).toBe('')
  writeFileSync(join(folder, 'known'), 'chg_00000000001')
  expect(await run(script)).toContain('older than the history')
})
