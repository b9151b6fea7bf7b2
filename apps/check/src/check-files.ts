import { resolve } from 'node:path'
import type { Catalog } from './catalog.ts'
import { findingOf } from './check-text.ts'
import type { Config } from './config.ts'
import { filesOf } from './file-list.ts'
import { FileReader, whyOf } from './file-reader.ts'
import { textOf } from './file-text.ts'
import type { Finding } from './finding.ts'
import { type Mention, mentionsIn } from './mention.ts'
import { type Move, moveOf } from './move.ts'
import { Patterns } from './patterns.ts'
import {
  countOf,
  GATE,
  type Gate,
  type Idle,
  isFailing,
  type Report,
  type Skipped,
} from './report.ts'
import type { Platform } from './platform.ts'

export interface FilesOptions {
  /** What paths are relative to: the folder of the process, unless told. */
  readonly cwd?: string | undefined
  /** Only files that differ from where the branch left this reference of git's. */
  readonly changed?: string | undefined
  readonly config?: Config | undefined
  /** A text that is checked instead of the files, and its name. */
  readonly stdin?: FileText | undefined
  readonly now?: Date | number | undefined
  /** Whether active models are findings, too. */
  readonly isAll?: boolean | undefined
  /** Told how many files are read, every few hundred. */
  readonly onProgress?: ((files: number) => void) | undefined
}

/** What the models are; asked once, and only if a file names one. */
export type Ask = () => Promise<Catalog>

interface Read {
  readonly path: string
  readonly mentions: readonly Mention[]
}

/**
 * Checks files, and all that lies below folders: what git lists, or without git what `.gitignore` files
 * leave. Throws a `CheckError` where that cannot be done.
 */
export async function checkFiles(
  paths: readonly string[],
  ask: Ask,
  options: FilesOptions = {},
): Promise<Report> {
  const { config = {}, now = new Date() } = options
  const sifted = new Sieve(config)
  const skipped: Skipped[] = []
  const idle: Idle[] = []
  let files = 0
  const named: Read[] = []
  for (const { path, text } of textsOf(paths, options, skipped)) {
    files += 1
    if (text === undefined) continue
    const { idleIgnores, mentions } = mentionsIn(text, path.endsWith('.ipynb'))
    if (mentions.length > 0) named.push({ path, mentions })
    for (const line of idleIgnores) idle.push({ path, line })
  }
  const catalog = named.length > 0 ? await ask() : undefined
  const findings = catalog
    ? named.flatMap(({ path, mentions }) => sifted.judge(catalog, path, mentions, now))
    : []
  const isWhole = !options.stdin && options.changed === undefined && paths.join() === '.'
  if (isWhole) for (const entry of sifted.idle()) idle.push({ entry })
  const gate: Gate = { ...GATE, ...config }
  return {
    version: 1,
    data: findings.length > 0 && catalog ? catalog.origin : null,
    summary: {
      files,
      files_with_ids: new Set(findings.map(({ path }) => path)).size,
      ids: new Set(findings.map(({ id }) => id)).size,
      failing: findings.filter((finding) => isFailing(finding, gate)).length,
      ...countOf(findings),
    },
    skipped,
    idle_ignores: idle,
    findings: findings.filter(({ status }) => options.isAll || status !== 'active'),
    moves: catalog ? movesOf(catalog, findings) : [],
  }
}

function movesOf(catalog: Catalog, findings: readonly Finding[]): readonly Move[] {
  // The name of another platform has the same id, and no successor.
  const dying = findings.filter(({ successor }) => successor !== null)
  const successors = new Map(dying.map(({ id, successor }) => [id, successor ?? '']))
  return Array.from(successors, ([from, to]) => catalog.compare(from, to))
    .filter((comparison) => comparison !== undefined)
    .map(moveOf)
}

interface FileText {
  readonly path: string
  /** Undefined where nothing in it can name a model. */
  readonly text: string | undefined
}

const STRIDE = 256

function* textsOf(
  paths: readonly string[],
  { changed, cwd = process.cwd(), onProgress, stdin }: FilesOptions,
  skipped: Skipped[],
): Generator<FileText, void, undefined> {
  if (stdin) {
    yield stdin
    return
  }
  const reader = new FileReader()
  const tell = (path: string, error: unknown): void => {
    skipped.push({ path, why: whyOf(error) })
  }
  let files = 0
  for (const path of filesOf(paths, { cwd, changed, tell })) {
    files += 1
    if (files % STRIDE === 0) onProgress?.(files)
    const read = reader.read(resolve(cwd, path))
    if ('why' in read) skipped.push({ path, why: read.why })
    else yield { path, text: textOf(read.bytes) }
  }
}

/** What the configuration ignores, and whose spelling it says that a path has. */
class Sieve {
  readonly #paths: Patterns
  readonly #ids: ReadonlySet<string>
  readonly #platforms: readonly (readonly [Platform, Patterns])[]
  /** What has ignored nothing yet. */
  readonly #idle: Set<string>

  constructor({ ignore = {}, platforms = {} }: Config) {
    const { ids = [], paths = [] } = ignore
    this.#paths = new Patterns(paths)
    this.#ids = new Set(ids)
    this.#platforms = Object.entries(platforms).map(([name, lines]) => [
      name as Platform,
      new Patterns(lines),
    ])
    this.#idle = new Set([...paths.filter((path) => !/^[!#]/.test(path)), ...ids])
  }

  idle(): Iterable<string> {
    return this.#idle
  }

  judge(
    catalog: Catalog,
    path: string,
    mentions: readonly Mention[],
    now: Date | number,
  ): readonly Finding[] {
    const [platform] = this.#platforms.find(([, paths]) => paths.meaning(path)) ?? []
    const found = mentions.flatMap((mention) => {
      const verdict = catalog.verdictOf(mention, now, platform)
      return verdict && !mention.isIgnored ? [findingOf(path, mention, verdict)] : []
    })
    const pattern = found.length > 0 ? this.#paths.meaning(path) : undefined
    if (pattern !== undefined) {
      this.#idle.delete(pattern)
      return []
    }
    return found.filter(({ text }) => {
      if (this.#ids.has(text)) this.#idle.delete(text)
      return !this.#ids.has(text)
    })
  }
}
