import { spawnSync } from 'node:child_process'

/** A repository's own settings could name a program for git to start; and what only reads needs no lock. */
const SAFE = ['-c', 'core.fsmonitor=false', '--no-optional-locks']

/** Git tells its hooks of these, and takes every folder for the top of the repository where they are set. */
const OF_A_HOOK = { GIT_DIR: undefined, GIT_INDEX_FILE: undefined, GIT_WORK_TREE: undefined }

/** What git lists, each path relative to the folder; undefined where it cannot, with the reason told. */
export type Listed = { readonly paths: readonly string[] } | { readonly why: string }

/** The files below a folder: known to git, or new and not ignored. */
export function listedBy(folder: string): Listed {
  return ask(folder, ['ls-files', '-z', '--cached', '--others', '--exclude-standard'])
}

/** Those of them that are new, or differ from where the branch left `ref`. */
export function changedSince(folder: string, ref: string): Listed {
  const differ = ['diff', '--name-only', '-z', '--relative', '--diff-filter=d', '--no-ext-diff']
  // A reference with a dash at its start would be an option.
  const changed = ask(folder, [...differ, '--merge-base', '--end-of-options', ref, '--'])
  if ('why' in changed) {
    // Before the first commit, all files are new.
    const isBegun = 'paths' in ask(folder, ['rev-parse', '--quiet', '--verify', 'HEAD'])
    return isBegun ? changed : listedBy(folder)
  }
  const others = ask(folder, ['ls-files', '-z', '--others', '--exclude-standard'])
  return 'why' in others ? others : { paths: [...changed.paths, ...others.paths] }
}

function ask(cwd: string, given: readonly string[]): Listed {
  const { error, status, stderr, stdout } = spawnSync('git', [...SAFE, ...given], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...OF_A_HOOK },
    maxBuffer: 2 ** 30,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (error) return { why: error.message }
  if (status !== 0) return { why: stderr.trim().split('\n')[0] ?? '' }
  // What is not merged yet is listed several times.
  return { paths: [...new Set(stdout.split('\0'))].filter(Boolean) }
}
