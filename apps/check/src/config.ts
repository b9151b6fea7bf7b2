import { readFileSync } from 'node:fs'
import { CheckError } from './check-error.ts'
import { type Status, STATUSES } from './finding.ts'
import { OWNERS, type Platform } from './platform.ts'

export const FAILABLE: readonly Status[] = STATUSES.filter((status) => status !== 'active')
const PLATFORMS = Object.keys(OWNERS).filter((name) => name !== 'anthropic')

/** What a repository says of itself, in `models-check.json`. */
export interface Config {
  /** The address of a models-edge. */
  readonly from?: string
  /** Which findings are a failure: retired, overdue and deprecated ones unless told. */
  readonly failOn?: readonly Status[]
  /** How many days before its end a deprecated model is a failure: 30 unless told. */
  readonly within?: number
  readonly ignore?: {
    /** As in `.gitignore`. */
    readonly paths?: readonly string[]
    /** What stands in the files, to the letter. */
    readonly ids?: readonly string[]
  }
  /** Paths, as in `.gitignore`, where Anthropic's spelling is another platform's. */
  readonly platforms?: { readonly [name in Exclude<Platform, 'anthropic'>]?: readonly string[] }
}

export const CONFIG_FILE = 'models-check.json'

/** The configuration in a file; an empty one where there is none and nobody named it. */
export function readConfig(path: string, isNamed: boolean): Config {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (!isNamed && (error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw new CheckError(`The configuration cannot be read: ${(error as Error).message}`)
  }
  try {
    const config: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    follow(CONFIG, config, 'the whole')
    return config as Config
  } catch (error) {
    throw new CheckError(`${path} is wrong: ${(error as Error).message}`)
  }
}

/** What a value should be, in words, and whether it is; or what those in a list or an object should be. */
type Rule =
  | { readonly expected: string; readonly fits: (value: unknown) => boolean }
  | { readonly each: Rule }
  | { readonly keys: Readonly<Record<string, Rule>> }

function follow(rule: Rule, value: unknown, where: string): void {
  if ('each' in rule) {
    if (!Array.isArray(value)) throw new Error(`${where} should be a list`)
    for (const item of value) follow(rule.each, item, `each of ${where}`)
    return
  }
  if ('keys' in rule) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new Error(`${where} should be an object`)
    }
    for (const [key, item] of Object.entries(value)) {
      const own = Object.hasOwn(rule.keys, key) ? rule.keys[key] : undefined
      if (!own) throw new Error(`"${key}" is not one of ${Object.keys(rule.keys).join(', ')}`)
      follow(own, item, key)
    }
    return
  }
  if (!rule.fits(value)) throw new Error(`${where} should be ${rule.expected}`)
}

const TEXT: Rule = { expected: 'a text', fits: (value) => typeof value === 'string' }
const TEXTS: Rule = { each: TEXT }

const CONFIG: Rule = {
  keys: {
    $schema: TEXT,
    from: {
      expected: 'an address',
      fits: (value) => typeof value === 'string' && URL.canParse(value),
    },
    failOn: {
      each: {
        expected: `one of ${FAILABLE.join(', ')}`,
        fits: (value) => FAILABLE.some((status) => status === value),
      },
    },
    within: {
      expected: 'a number of days',
      fits: (value) => Number.isInteger(value) && Number(value) >= 0,
    },
    ignore: { keys: { paths: TEXTS, ids: TEXTS } },
    platforms: { keys: Object.fromEntries(PLATFORMS.map((name) => [name, TEXTS])) },
  },
}
