import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'

const file = fileURLToPath(new URL('../../../.dev.vars', import.meta.url))

/** A setting from the environment, where an empty one takes that of `.dev.vars` away, or from there. */
export function setting(name: string): string | undefined {
  return (process.env[name] ?? writtenAs(name)) || undefined
}

/** Those of these settings that are given. An empty one takes nothing away: what is hidden stays hidden. */
export function given(names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name] || writtenAs(name)
      return value ? [[name, value]] : []
    }),
  )
}

function writtenAs(name: string): string | undefined {
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8'))[name] : undefined
}

/** Where Anthropic is asked, unless a setting says otherwise. */
export function upstreamAddress(): string {
  const address = setting('ANTHROPIC_BASE_URL') ?? 'https://api.anthropic.com'
  const { href = '', origin = '', pathname = '' } = URL.parse(address) ?? {}
  if (/^https?:/.test(href) && href === origin + pathname) return address
  throw new Error(
    'ANTHROPIC_BASE_URL must be an http or https address without credentials, query or fragment: correct it in the environment or in .dev.vars',
  )
}

/** The port that the first of these variables that is set names, or the usual one. */
export function portFrom(names: readonly string[], usual: number): number {
  const name = names.find((each) => process.env[each])
  if (name === undefined) return usual
  const text = process.env[name] ?? ''
  const port = Number(text)
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port
  throw new Error(`${name} is "${text}"; set it to a port from 1 to 65535`)
}
