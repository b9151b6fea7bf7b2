import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'

/** Packs a package as it is published. */
export function pack(source: string, tarball: string): void {
  const [command, ...first] = findPnpm()
  execFileSync(command, [...first, 'pack', '--out', tarball], {
    cwd: source,
    env: { ...process.env, npm_config_verify_deps_before_run: 'false' },
    stdio: 'pipe',
  })
}

/** In a package script npm_execpath names the pnpm that runs it; elsewhere, none need be installed. */
export function findPnpm(): readonly [string, ...string[]] {
  const { npm_execpath = '' } = process.env
  if (basename(npm_execpath).startsWith('pnpm')) return [process.execPath, npm_execpath]
  const root = readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8')
  return ['npx', '-y', (JSON.parse(root) as { packageManager: string }).packageManager]
}

/** A package as its users have it, in a folder that programs can be written to. */
export interface Installed extends Disposable {
  readonly folder: string
  /** The paths in the tarball, sorted. */
  readonly files: readonly string[]
  /** Which kinds of dependencies it brings along for its users. */
  readonly dependencies: readonly string[]
  /** The text of one of its files. */
  read(path: string): string
}

export function installPacked(source: string): Installed {
  const temporary = mkdtempDisposableSync(join(tmpdir(), 'packed-'))
  const folder = temporary.path
  const tarball = join(folder, 'package.tgz')
  pack(source, tarball)
  const { name } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as Named
  const target = join(folder, 'node_modules', name)
  mkdirSync(target, { recursive: true })
  execFileSync('tar', ['-xzf', tarball, '-C', target, '--strip-components=1'])
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  const list = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n')
  const read = (path: string): string => readFileSync(join(target, path), 'utf8')
  const manifest = Object.keys(JSON.parse(read('package.json')) as object)
  return {
    folder,
    files: list.map((path) => path.replace('package/', '')).toSorted(),
    dependencies: manifest.filter((key) => /[dD]ependencies$/.test(key) && !key.startsWith('dev')),
    read,
    [Symbol.dispose]: () => temporary.remove(),
  }
}

interface Named {
  readonly name: string
}

/** The examples in this language of a package's README, in their order. */
export function examplesOf(source: string, language: string): string[] {
  const readme = readFileSync(join(source, 'README.md'), 'utf8')
  const fenced = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms')
  return Array.from(readme.matchAll(fenced), ([, code = '']) => code)
}

/** What a program that runs in the folder writes, or why it fails. */
export async function run(
  folder: string,
  [program = '', ...given]: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<string> {
  // Below pnpm, npx would complain about settings that it does not know.
  const env = { ...process.env, npm_config_loglevel: 'error', ...variables }
  const ran = await promisify(execFile)(program, given, { cwd: folder, env }).catch(
    (error: { stdout: string; stderr: string }) => error,
  )
  return ran.stdout + ran.stderr
}

const tsc = join(createRequire(import.meta.url).resolve('typescript/package.json'), '../bin/tsc')

/** What is wrong with these files of the folder: nothing, if they compile. */
export function compile(
  folder: string,
  files: readonly string[],
  compilerOptions: Readonly<Record<string, unknown>>,
): Promise<string> {
  const config = {
    compilerOptions: {
      target: 'es2023',
      strict: true,
      noEmit: true,
      types: [],
      ...compilerOptions,
    },
    files,
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  return run(folder, [process.execPath, tsc])
}
