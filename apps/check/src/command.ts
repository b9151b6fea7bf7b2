import { appendFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Send } from '@models-edge/core'
import manifest from '../package.json' with { type: 'json' }
import { askCatalog } from './ask.ts'
import { CheckError } from './check-error.ts'
import { checkFiles } from './check-files.ts'
import { type Config, CONFIG_FILE, readConfig } from './config.ts'
import { textOf } from './file-text.ts'
import { type Format, HELP, type Options, readOptions } from './options.ts'
import { printable, printableJson } from './printable.ts'
import { exitCodeOf, GATE, type Gate, type Report } from './report.ts'
import { githubOutputs, tellGithub } from './tell-github.ts'
import { tellMarkdown } from './tell-markdown.ts'
import { tellSarif } from './tell-sarif.ts'
import { tellText } from './tell-text.ts'
import { amount } from './words.ts'

/** Fewer are read in the blink of an eye. */
const MANY_FILES = 4096

/** What the command uses of its process. */
export interface World {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: string
  /** Whether a person looks at what is written. */
  readonly isTerminal: boolean
  /** Whether a person looks at what is said beside it. */
  readonly isNoteTerminal: boolean
  readonly now: () => Date
  readonly readStdin: () => Promise<Buffer>
  readonly write: (text: string) => void
  readonly note: (text: string) => void
  readonly send?: Send
}

/** Runs the command, and gives its exit code. */
export async function command(given: readonly string[], world: World): Promise<0 | 1 | 2> {
  try {
    const options = readOptions(given)
    if (!options.help && !options.version) return await check(options, world)
    world.write(options.help ? HELP : `${manifest.version}\n`)
    return 0
  } catch (error) {
    // Node would end with 1, which says that something was found.
    const why = error instanceof CheckError ? error.message : String((error as Error).stack)
    world.note(`models-edge-check: ${printable(why)}\n`)
    return 2
  }
}

async function check(options: Options, world: World): Promise<0 | 1 | 2> {
  const { cwd, env, now } = world
  const config = configOf(options, cwd)
  const { all: isAll, changed, offline: isOffline, paths, stdin } = options
  const from = options.from ?? (env['MODELS_EDGE_URL'] || config.from)
  const ask = () =>
    askCatalog({
      from,
      apiKey: env['ANTHROPIC_API_KEY'] || undefined,
      anthropicURL: env['ANTHROPIC_BASE_URL'] || undefined,
      isOffline,
      cache: cacheOf(world),
      send: world.send,
      now,
    })
  // On one line that goes away, and only where it takes its time.
  let clear = ''
  const onProgress = (files: number): void => {
    if (!world.isNoteTerminal || files < MANY_FILES) return
    clear = '\r\u001B[K'
    world.note(`\r${amount(files)} files`)
  }
  const report = await checkFiles(paths, ask, {
    cwd,
    changed,
    config,
    now: now(),
    isAll,
    onProgress,
    ...(stdin && {
      stdin: { text: textOf(await world.readStdin()), path: options['stdin-name'] ?? 'stdin' },
    }),
  }).finally(() => world.note(clear))
  const gate: Gate = { ...GATE, ...config }
  world.write(told(report, gate, options, world))
  if (options.format === 'github') tellJob(report, gate, world)
  return exitCodeOf(report)
}

/** The configuration, with what the options say instead. */
function configOf({ config, failOn, withinDays }: Options, cwd: string): Config {
  const isNamed = config !== undefined
  const path = resolve(cwd, config ?? CONFIG_FILE)
  return {
    ...readConfig(path, isNamed),
    ...(failOn && { failOn }),
    ...(withinDays !== undefined && { within: withinDays }),
  }
}

function told(
  report: Report,
  gate: Gate,
  { format }: Options,
  { env, isTerminal, now }: World,
): string {
  const tell: Readonly<Record<Format, () => string>> = {
    text: () => tellText(report, { gate, hasColour: hasColour(env, isTerminal), now: now() }),
    json: () => `${printableJson(report, 2)}\n`,
    sarif: () => tellSarif(report, gate, manifest.version),
    github: () => tellGithub(report, gate),
    markdown: () => tellMarkdown(report, gate, now()),
  }
  return tell[format]()
}

function hasColour(env: World['env'], isTerminal: boolean): boolean {
  if (env['NO_COLOR']) return false
  return env['FORCE_COLOR'] ? env['FORCE_COLOR'] !== '0' : isTerminal && env['TERM'] !== 'dumb'
}

/** The whole table for the job, and the counts for the steps after this one. */
function tellJob(report: Report, gate: Gate, { env, now }: World): void {
  const { GITHUB_OUTPUT: outputs, GITHUB_STEP_SUMMARY: summary } = env
  if (summary) appendFileSync(summary, tellMarkdown(report, gate, now()))
  if (outputs) appendFileSync(outputs, githubOutputs(report))
}

/** Where the system keeps such things. Nowhere without a home: not in what is checked. */
function cacheOf({ env, platform }: World): string | undefined {
  const { HOME: home, LOCALAPPDATA, XDG_CACHE_HOME } = env
  const ofSystem = platform === 'win32' ? LOCALAPPDATA : XDG_CACHE_HOME
  const ofHome = home && join(home, platform === 'darwin' ? 'Library/Caches' : '.cache')
  const folder = ofSystem || ofHome
  return folder && join(folder, 'models-edge')
}
