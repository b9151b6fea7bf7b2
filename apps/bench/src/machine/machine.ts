import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus, loadavg, release, totalmem, type } from 'node:os'
import { requireOfWrangler } from '@models-edge/testing/wrangler'
import { cores } from './cores.ts'

/** On what, with what and when something was measured, in a sentence or two. */
export function machine(): string {
  const gib = (totalmem() / 1024 ** 3).toFixed(0)
  const pinning = cores
    ? 'The server had one core, load, KV and upstream another.'
    : 'Nothing was pinned to a core: there is only one, or no `taskset`.'
  return `${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${gib} GiB, ${type()} ${release()}; load before: ${loadavg()[0]?.toFixed(2)}. ${pinning}`
}

/** The versions of everything that ran. */
export function versions(): string {
  const own = createRequire(import.meta.url)
  const named = ['hono', 'itty-router', '@anthropic-ai/sdk'].map(
    (name) => `${name} ${versionIn(own.resolve(name), name)}`,
  )
  const { version: workerd } = requireOfWrangler('workerd/package.json') as { version: string }
  return [
    `workerd ${workerd}`,
    `Node ${process.versions.node}`,
    ...named,
    versionOf('nginx', ['-v'], /nginx\/(\S+)/, 'nginx'),
    versionOf('varnishd', ['-V'], /varnish-(\S+)/, 'Varnish'),
  ].join(', ')
}

function versionIn(entry: string, name: string): string {
  const folder = entry.slice(0, entry.lastIndexOf(`/${name}/`) + name.length + 2)
  return (JSON.parse(readFileSync(`${folder}package.json`, 'utf8')) as { version: string }).version
}

function versionOf(program: string, args: string[], pattern: RegExp, name: string): string {
  const found = pattern.exec(outputOf(program, args))?.[1]
  return found ? `${name} ${found}` : `${name} not installed`
}

/** What a program says of itself, on either stream; empty where it is not installed. */
export function outputOf(program: string, args: readonly string[]): string {
  try {
    return execFileSync('sh', ['-c', '"$0" "$@" 2>&1', program, ...args], { encoding: 'utf8' })
  } catch {
    return ''
  }
}
