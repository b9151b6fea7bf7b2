import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { listen } from '@models-edge/testing/listener'
import { expect, onTestFinished, test } from 'vitest'
import { unstable_readConfig as readConfig } from 'wrangler'
import { addressOf, knock } from '../../deploy/live.ts'
import { refusals, type Settings, settingsOf } from '../../deploy/settings.ts'
import { tryKey } from '../../deploy/try-key.ts'
import { run } from './run.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url))

test('a deployment from the root has every binding', async () => {
  const { code, out } = await run(['deploy/main.ts', '--dry-run'], {
    WRANGLER_SEND_METRICS: 'false',
  })
  expect(out).toMatch(/^A dry run: nothing is deployed\.$/m)
  expect([code, out]).toEqual([0, expect.stringContaining('--dry-run: exiting now')])
  const { vars } = readConfig({ config: `${root}wrangler.jsonc` })
  for (const name of ['CATALOG', 'KEEPER', 'ASSETS', ...Object.keys(vars)]) {
    expect(out).toContain(`env.${name}`)
  }
})

const vars = { ANTHROPIC_BASE_URL: 'https://api.anthropic.com', HIDDEN_MODELS: '' }
const local = { ...vars, ANTHROPIC_BASE_URL: 'http://localhost:8788' }

test.each<[string, Partial<Settings>, string]>([
  ['an empty key', { written: { ANTHROPIC_API_KEY: ' ' } }, 'ANTHROPIC_API_KEY is empty in f:'],
  [
    'a key of two lines',
    { written: { ANTHROPIC_API_KEY: 'sk-ant-a\nOTHER=1' } },
    'ANTHROPIC_API_KEY in f holds what is in no key',
  ],
  ['a local upstream', { vars: local }, 'ANTHROPIC_BASE_URL is http://localhost:8788 in wrangler'],
  [
    'the upstream of development',
    { written: { ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: 'http://127.0.0.1:8788' } },
    'ANTHROPIC_BASE_URL in f is not what wrangler.jsonc says',
  ],
  [
    'what would be hidden in development alone',
    { written: { ANTHROPIC_API_KEY: 'k', HIDDEN_MODELS: 'claude-x*' } },
    'HIDDEN_MODELS in f is not what wrangler.jsonc says',
  ],
])('%s is refused by its name', (_, given, sentence) => {
  const settings = { file: 'f', vars, written: { ANTHROPIC_API_KEY: 'k' }, ...given }
  expect(refusals(settings)).toEqual([expect.stringContaining(sentence)])
})

test('a key that cannot be sent is not told to anybody', async () => {
  const told = await tryKey('sk-ant-secret\nmore', vars)
  expect(told).toEqual({
    kind: 'untried',
    because: 'https://api.anthropic.com cannot be asked',
  })
})

test.each([
  [['--only-key', '--dry-run'], '--dry-run takes no value, and there is none of --only-key.\n'],
  [['--dry-run=false'], '--dry-run takes no value, and there is none of --only-key.\n'],
  [
    ['--var', 'ANTHROPIC_BASE_URL:http://localhost:1'],
    '--var would deploy what was not looked at: write it into wrangler.jsonc.\n',
  ],
])('%j is refused', async (options, out) => {
  expect(await run(['deploy/main.ts', ...options])).toEqual({ code: 2, out })
})

test("what is the same in both, and what is no setting of the Worker, is in nobody's way", () => {
  const written = { ...vars, ANTHROPIC_API_KEY: 'k', API_PORT: '9000' }
  expect(refusals({ file: 'f', vars, written })).toEqual([])
  expect(refusals({ file: 'f', vars, written: undefined })).toEqual([])
})

test('each environment has a file of its own', () => {
  expect(settingsOf(root)).toMatchObject({ file: '.dev.vars', vars: { HIDDEN_MODELS: '' } })
  const folder = mkdtempSync(join(tmpdir(), 'models-edge-settings-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const config = { name: 'x', env: { staging: { vars: { HIDDEN_MODELS: 'of-staging' } } } }
  writeFileSync(join(folder, 'wrangler.jsonc'), JSON.stringify(config))
  writeFileSync(join(folder, '.dev.vars'), 'ANTHROPIC_API_KEY=wrong')
  writeFileSync(join(folder, '.dev.vars.staging'), 'ANTHROPIC_API_KEY=right')
  expect(settingsOf(folder, 'staging')).toEqual({
    file: '.dev.vars.staging',
    written: { ANTHROPIC_API_KEY: 'right' },
    vars: { HIDDEN_MODELS: 'of-staging' },
  })
})

test.each([
  [200, { kind: 'accepted' }],
  [401, { kind: 'refused' }],
  [302, { kind: 'untried', because: expect.stringContaining('answers 302') }],
  [529, { kind: 'untried', because: expect.stringContaining('answers 529') }],
])('a key to which upstream answers %i', async (status, tried) => {
  const asked: IncomingMessage[] = []
  await using upstream = await listen((request, response) => {
    asked.push(request)
    response.writeHead(status, { location: '/elsewhere' }).end()
  })
  const settings = { ANTHROPIC_BASE_URL: upstream.origin, ANTHROPIC_VERSION: '2023-06-01' }
  expect(await tryKey('the-key', settings)).toEqual(tried)
  expect(asked.map(({ headers, url }) => [url, headers['x-api-key']])).toEqual([
    ['/v1/models?limit=1', 'the-key'],
  ])
  await upstream.close()
  expect(await tryKey('the-key', settings)).toMatchObject({ kind: 'untried' })
})

const report = (...targets: string[]): string =>
  `{"type":"wrangler-session"}\n${JSON.stringify({ type: 'deploy', targets })}\n`

test.each([
  [report('https://a.b.workers.dev', 'schedule: * * * * *'), '', 'https://a.b.workers.dev'],
  [report('models.example (custom domain)'), '', 'https://models.example'],
  [report('https://a.b.workers.dev'), 'https://models.example/', 'https://models.example'],
  [report('https://a.b.workers.dev'), 'models.example', 'https://a.b.workers.dev'],
  [report('example.com/models/* (zone name: example.com)'), '', undefined],
  ['', '', undefined],
])('in %j, PUBLIC_URL %j', (text, publicURL, origin) => {
  expect(addressOf(text, publicURL)).toBe(origin)
})

test.each<[string, readonly (string | undefined)[], number]>([
  ['answers at once', ['{"status":"ok"}'], 1],
  ['is not known to the world yet', [undefined, '<html>', '{"status":"ok"}'], 3],
  ['syncs first', ['{"status":"down","last_failure":null}', '{"status":"degraded"}'], 2],
  ['cannot sync', ['{"status":"down","last_failure":{}}'], 1],
  ['never answers', [], 60],
])('a service that %s', async (_, answers, times) => {
  const asked: string[] = []
  await knock('https://x', {
    async fetch(url) {
      const text = answers[asked.push(url) - 1]
      if (text === undefined) throw new Error('no connection')
      return new Response(text)
    },
    sleep: async () => undefined,
  })
  expect(asked).toEqual(Array.from({ length: times }, () => 'https://x/health'))
})

test('an environment without a name is refused', async () => {
  const refused = '--env needs the name of an environment: --env staging\n'
  expect(await run(['deploy/main.ts', '--env'])).toEqual({ code: 2, out: refused })
})

test('no file of secrets can be committed', async () => {
  const files = ['.dev.vars', '.dev.vars.staging', 'apps/api/.dev.vars']
  const { stdout } = await promisify(execFile)('git', ['check-ignore', ...files], { cwd: root })
  expect(stdout.trim().split('\n')).toEqual(files)
})

test('the button asks for the key, and for no other secret', () => {
  const example = readFileSync(`${root}.dev.vars.example`, 'utf8')
  const asked = example.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  expect(asked).toEqual(['ANTHROPIC_API_KEY='])
})
