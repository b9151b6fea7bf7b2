import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Folder } from '../test/folder.ts'
import { run } from '../test/world.ts'
import type { Report } from './report.ts'

const FILES = {
  'src/a.ts': "const model = 'claude-opus-4-1-20250805'\n// claude-sonnet-4-5\n",
  'b.yml': 'model: claude-opus-4-1-20250805\nother: us.anthropic.claude-opus-4-1-20250805-v1:0\n',
  'c.md': 'claude-opus-4-5-20250220 and claude-opus-5-5',
}

function fail(): Promise<Response> {
  return Promise.reject(new Error('no route'))
}

function comeIn(): Promise<Buffer> {
  return Promise.resolve(Buffer.from('\uFEFFx claude-2.1', 'utf16le'))
}

test('tells people what is dying, the worst first', async () => {
  using folder = new Folder(FILES)
  const { code, out } = await run(folder.path, [])
  expect(out).toMatchInlineSnapshot(`
    "claude-opus-4-1-20250805                        retired since 5 Aug 2026
        b.yml:1:8
        src/a.ts:1:16
        → claude-opus-5-5: loses thinking.types.enabled; context window 200,000 to 1,000,000; gains thinking.types.adaptive

    claude-sonnet-4-5 (claude-sonnet-4-5-20250929)  retires on 30 Nov 2026: 10 days left
        src/a.ts:2:4
        → claude-sonnet-5-5: loses thinking.types.enabled; context window 200,000 to 1,000,000; gains thinking.types.adaptive

    claude-opus-4-5-20250220                        unknown; nearest: claude-opus-4-5-20251101
        c.md:1:1

    Amazon Bedrock decides; see https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle.html

    us.anthropic.claude-opus-4-1-20250805-v1:0      Anthropic's own day for claude-opus-4-1-20250805 is 5 Aug 2026
        b.yml:2:8

    What the data does not tell of a move: prices, temperature, top_p and top_k, rate limits, quality and speed.
    4 ids in 3 files, in places: 2 retired, 1 deprecated, 1 unknown, 1 other-platform; data 3 minutes old.
    "
  `)
  expect(code).toBe(1)
})

test('says once for each platform who decides, and what would change in spite of them', async () => {
  const bedrock = 'anthropic.claude-sonnet-4-5-20250929-v1:0'
  using folder = new Folder({
    a: `claude-sonnet-4-5 ${bedrock} anthropic.claude-opus-5-5 claude-opus-4-1@20250805 anthropic.claude-2.1`,
  })
  const { out } = await run(folder.path, [])
  expect(out).toMatchInlineSnapshot(`
    "claude-sonnet-4-5 (claude-sonnet-4-5-20250929)  retires on 30 Nov 2026: 10 days left
        a:1:1
        → claude-sonnet-5-5: loses thinking.types.enabled; context window 200,000 to 1,000,000; gains thinking.types.adaptive

    Amazon Bedrock decides; see https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle.html

    anthropic.claude-sonnet-4-5-20250929-v1:0       Anthropic's own day for claude-sonnet-4-5-20250929 is 30 Nov 2026
        a:1:19

    anthropic.claude-opus-5-5
        a:1:61

    anthropic.claude-2.1                            Anthropic's own day for claude-2.1 is 21 Jul 2025
        a:1:112

    Google Vertex decides; see https://cloud.google.com/vertex-ai/generative-ai/docs/deprecations/partner-models

    claude-opus-4-1@20250805                        Anthropic's own day for claude-opus-4-1-20250805 is 5 Aug 2026
        a:1:87

    What the data does not tell of a move: prices, temperature, top_p and top_k, rate limits, quality and speed.
    4 ids in 1 file, in places: 1 deprecated, 4 other-platform; data 3 minutes old.
    "
  `)
})

test('is quiet when all is well', async () => {
  using folder = new Folder({ a: 'claude-opus-5-5 claude-opus-4-8', b: 'claude-opus-5-5' })
  expect(await run(folder.path, [])).toEqual({
    code: 0,
    out: '2 ids in 2 files, none is dying; data 3 minutes old.\n',
    notes: '',
  })
  expect((await run(folder.path, ['--all'])).out).toContain('claude-opus-4-8  active')
})

test('has colours in a terminal, and nowhere else', async () => {
  using folder = new Folder(FILES)
  for (const [env, isTerminal, expected] of [
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ TERM: 'dumb' }, true, false],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '0' }, true, false],
  ] as const) {
    const { out } = await run(folder.path, [], { env: { HOME: '/nowhere', ...env }, isTerminal })
    expect(out.includes('\u001B['), JSON.stringify(env)).toBe(expected)
  }
})

test.each([
  ['nothing to check', {}, 'No model id in 0 files.', 0],
  [
    'a dead id',
    { a: 'claude-2.1' },
    'was retired when this version was made is known; --from or',
    1,
  ],
  ['an id that is not known of old', { a: 'claude-opus-5-5' }, 'could not be checked', 2],
])('a stranger’s first run, with nothing configured: %s', async (_, files, told, code) => {
  using folder = new Folder(files)
  const ran = await run(folder.path, [], { env: {} })
  expect(ran.out).toContain(told)
  expect(ran.code).toBe(code)
})

test('what nobody answers is told, with what is known', async () => {
  using folder = new Folder({ a: 'claude-2.1' })
  const { code, out } = await run(folder.path, [], { send: fail })
  expect(out).toContain('https://models.example did not answer (no route)')
  expect(code).toBe(1)
})

describe('formats', () => {
  test('JSON has all of it', async () => {
    using folder = new Folder(FILES)
    const { code, out } = await run(folder.path, ['--format', 'json'])
    const report = JSON.parse(out) as Report
    expect(code).toBe(1)
    expect(report).toMatchObject({
      version: 1,
      data: {
        source: 'live',
        from: 'https://models.example',
        synced_at: '2026-11-20T11:57:00.000Z',
      },
      summary: { files: 3, ids: 4, failing: 3, retired: 2 },
      skipped: [],
      idle_ignores: [],
    })
    expect(report.findings[0]).toEqual({
      path: 'b.yml',
      line: 1,
      column: 8,
      cell: null,
      text: 'claude-opus-4-1-20250805',
      id: 'claude-opus-4-1-20250805',
      platform: 'anthropic',
      status: 'retired',
      retires_at: '2026-08-05T00:00:00Z',
      days_left: null,
      nearest: [],
      successor: 'claude-opus-5-5',
      page: null,
    })
  })

  test('GitHub gets an annotation for each model, a table and counts', async () => {
    using folder = new Folder(FILES)
    using job = new Folder({ summary: 'before\n', output: '' })
    const place = (name: string): string => join(job.path, name)
    const env = {
      HOME: job.path,
      MODELS_EDGE_URL: 'https://models.example',
      GITHUB_STEP_SUMMARY: place('summary'),
      GITHUB_OUTPUT: place('output'),
    }
    const { out } = await run(folder.path, ['--format', 'github'], { env })
    expect(out.split('\n')).toHaveLength(5)
    expect(out.split('\n')[0]).toBe(
      '::error file=b.yml,line=1,col=8,title=retired%3A claude-opus-4-1-20250805::claude-opus-4-1-20250805: retired since 5 Aug 2026. The newest of its line is claude-opus-5-5. And in 1 more place.',
    )
    expect(readFileSync(place('summary'), 'utf8')).toMatch(/^before\n\| In the files/)
    const outputs = readFileSync(place('output'), 'utf8')
    expect(outputs).toContain('\nids=4\nfailing=3\n')
    expect(outputs).toMatch(/^([a-z-]+=\d+\n)+$/)
  })

  test('SARIF has places and levels', async () => {
    using folder = new Folder({
      'a b#%.ts': '😀 claude-2.1 claude-opus-9 claude-sonnet-4-5 claude-opus-4-7',
    })
    const { out } = await run(folder.path, ['--format', 'sarif', '--all'])
    const [{ results }] = (JSON.parse(out) as { runs: [{ results: readonly object[] }] }).runs
    expect(results).toMatchObject(['error', 'note', 'error', 'warning'].map((level) => ({ level })))
    expect(results[0]).toMatchObject({
      ruleId: 'retired',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'a%20b%23%25.ts' },
            region: { startLine: 1, startColumn: 4, endColumn: 14 },
          },
        },
      ],
    })
  })

  const HOSTILE = 'a\u001B[31m\u009B1m\n::set-output name=x::y\r|<img src=x>`*[a](b)\u202E,:%0A.ts'

  test.each(['text', 'github', 'markdown', 'sarif', 'json'])(
    'a hostile name writes nothing of its own into %s',
    async (format) => {
      using folder = new Folder({ [HOSTILE]: 'claude-2.1' })
      const { out } = await run(folder.path, ['--format', format])
      expect(out).toContain('claude-2.1')
      // eslint-disable-next-line no-control-regex -- these are what is looked for
      expect(out).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/)
      expect(out).not.toMatch(/^::set-output/m)
      if (format === 'markdown') expect(out).not.toMatch(/<img|\]\(|\n[^|\n][^\n]*set-output/)
      if (format === 'github') expect(out.trimEnd().split('\n')).toHaveLength(1)
      expect(out).not.toContain('\u202E')
      if (format === 'json') expect((JSON.parse(out) as Report).findings[0]?.path).toBe(HOSTILE)
    },
  )
})

test('no name becomes a link in Markdown by itself', async () => {
  const arn = 'arn:bedrock:https://evil.example/anthropic.claude-2.1'
  using folder = new Folder({ 'www.evil.example': `claude-2.1 ${arn}` })
  const { out } = await run(folder.path, ['--format', 'markdown'])
  expect(out).toContain('www&#46;evil.example')
  expect(out.replace(/https&#58;/g, '')).not.toMatch(/www\.|https:/)
})

describe('options', () => {
  test('help fits one screen, and version is the package’s', async () => {
    const { out } = await run('/', ['--help'])
    const lines = out.split('\n')
    expect(lines.length).toBeLessThan(31)
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(90)
    const { version } = JSON.parse(
      readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'),
    ) as { version: string }
    expect(await run('/', ['--version'])).toEqual({ code: 0, out: `${version}\n`, notes: '' })
  })

  test.each([
    [['--colour'], "Unknown option '--colour'"],
    [['--format', 'xml'], '--format is one of'],
    [['--fail-on', 'dead'], '--fail-on is none, or some of retired, overdue'],
    [['--within', 'soon'], '--within is a number'],
    [['--within', '-1'], "'--within' argument is ambiguous.\n"],
    [['--stdin', 'a'], '--stdin takes no paths'],
    [['--config', 'nowhere.json'], 'configuration cannot be read'],
    [['no\u001B[31mwhere'], 'no such file or folder: no\\u{1b}[31mwhere'],
    [['--changed', 'main'], 'What changed since main is not known'],
  ])('%j cannot be checked', async (given, told) => {
    using folder = new Folder({ a: '' })
    const { code, notes, out } = await run(folder.path, given)
    expect([code, out]).toEqual([2, ''])
    expect(notes).toContain(told)
    // eslint-disable-next-line no-control-regex -- it is what is looked for
    expect(notes).toMatch(/^models-edge-check: [^\u0000-\u001F]+\n$/)
  })

  test('what nobody foresaw is no finding', async () => {
    using folder = new Folder({ a: 'claude-2.1' })
    const env = { GITHUB_STEP_SUMMARY: join(folder.path, 'nowhere/summary') }
    const { code, notes } = await run(folder.path, ['--format', 'github'], { env })
    expect(code).toBe(2)
    expect(notes).toMatch(/^models-edge-check: Error: ENOENT[^\n]+command\.ts[^\n]+\n$/)
  })

  test('an address that is none cannot be asked', async () => {
    using folder = new Folder({ a: 'claude-2.1' })
    expect((await run(folder.path, ['--from', 'models'])).notes).toContain('begins with https://')
  })

  test('what comes in is checked by its name', async () => {
    const given = ['--stdin', '--stdin-name', 'x.ts']
    expect((await run('/', given, { readStdin: comeIn })).out).toContain('x.ts:1:3')
  })

  test('the command line wins over the configuration', async () => {
    const config = { failOn: ['unknown'], within: 5, ignore: { ids: ['claude-2.1'] } }
    using folder = new Folder({
      'models-check.json': JSON.stringify(config),
      a: 'claude-sonnet-4-5',
    })
    expect((await run(folder.path, ['a'])).code).toBe(0)
    expect((await run(folder.path, ['--fail-on', 'deprecated', 'a'])).code).toBe(0)
    expect((await run(folder.path, ['--fail-on', 'deprecated', '--within', '30', 'a'])).code).toBe(
      1,
    )
    expect((await run(folder.path, ['--fail-on', 'none', 'a'])).code).toBe(0)
  })

  test('what was kept is used offline, and lies where the system keeps such things', async () => {
    using folder = new Folder({ a: 'claude-sonnet-4-5' })
    using home = new Folder()
    for (const [platform, env] of [
      ['linux', { HOME: home.path }],
      ['darwin', { HOME: home.path }],
      ['win32', { LOCALAPPDATA: join(home.path, 'local') }],
      ['linux', { XDG_CACHE_HOME: join(home.path, 'xdg') }],
    ] as const) {
      const world = { platform, env: { ...env, MODELS_EDGE_URL: 'https://models.example' } }
      expect((await run(folder.path, ['--offline'], world)).code).toBe(2)
      expect((await run(folder.path, [], world)).code).toBe(1)
      const offline = await run(folder.path, ['--offline'], world)
      expect(offline.code).toBe(1)
      expect(offline.out).toContain('data 3 minutes old: nobody was asked (offline)')
    }
    expect(readdirSync(home.path).toSorted()).toEqual(['.cache', 'Library', 'local', 'xdg'])
  })

  test('nothing is kept where nobody has a home: least of all in what is checked', async () => {
    using folder = new Folder({ a: 'claude-sonnet-4-5' })
    const env = { MODELS_EDGE_URL: 'https://models.example' }
    expect((await run(folder.path, [], { env })).code).toBe(1)
    expect((await run(folder.path, ['--offline'], { env })).code).toBe(2)
    expect(readdirSync(folder.path)).toEqual(['a'])
  })

  test('progress is shown to people only, and goes away', async () => {
    using folder = new Folder(
      Object.fromEntries(Array.from({ length: 4200 }, (_, place) => [`${place}`, ''])),
    )
    expect((await run(folder.path, [])).notes).toBe('')
    const { notes } = await run(folder.path, [], { isNoteTerminal: true })
    expect(notes).toBe('\r4,096 files\r\u001B[K')
  })
})
