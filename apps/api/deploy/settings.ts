import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { unstable_readConfig as readConfig } from 'wrangler'

/** What a deployment is told: the key by a file that is not committed, the variables by wrangler.jsonc. */
export interface Settings {
  /** The name of the file with the key of this environment. */
  readonly file: string
  /** What is in it; undefined where there is no such file. */
  readonly written: Readonly<Record<string, string | undefined>> | undefined
  readonly vars: Readonly<Record<string, string>>
}

export function settingsOf(root: string, env?: string): Settings {
  const file = env === undefined ? '.dev.vars' : `.dev.vars.${env}`
  const path = join(root, file)
  const { vars } = readConfig({ config: join(root, 'wrangler.jsonc'), env })
  return {
    file,
    written: existsSync(path) ? parseEnv(readFileSync(path, 'utf8')) : undefined,
    vars: vars as Settings['vars'],
  }
}

/** Why these must not be deployed, each in a sentence that names the variable. */
export function refusals({ file, vars, written = {} }: Settings): readonly string[] {
  const key = written['ANTHROPIC_API_KEY']
  const others = Object.entries(vars).filter(([name, value]) => (written[name] ?? value) !== value)
  const address = vars['ANTHROPIC_BASE_URL'] ?? ''
  return [
    ...(key !== undefined && key.trim() === ''
      ? [`ANTHROPIC_API_KEY is empty in ${file}: write the key behind it.`]
      : []),
    ...(key !== undefined && /\S[^\x21-\x7e]|[^\x21-\x7e]\S/.test(key)
      ? [
          `ANTHROPIC_API_KEY in ${file} holds what is in no key: a space, the end of a line, or a letter that is not ASCII. Is a quotation mark left open?`,
        ]
      : []),
    ...(isLocal(address)
      ? [
          `ANTHROPIC_BASE_URL is ${address} in wrangler.jsonc: that is this machine, where Cloudflare reaches nobody.`,
        ]
      : []),
    // Neither may pass in silence: what was to be hidden would be shown, or development would be deployed.
    ...others.map(
      ([name]) =>
        `${name} in ${file} is not what wrangler.jsonc says, and that is what a deployment takes. Make them the same, or give it to dev in the environment.`,
    ),
  ]
}

function isLocal(address: string): boolean {
  const { hostname = '' } = URL.parse(address) ?? {}
  return /^(?:localhost|.+\.localhost|127\.[\d.]+|0\.0\.0\.0|\[::1?\])$/.test(hostname)
}
