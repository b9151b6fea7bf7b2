import { readFileSync } from 'node:fs'
import { CheckError } from './check-error.ts'
import type { Status } from './finding.ts'
import type { Platform } from './spelling.ts'

export const FAILABLE = [
  'retired',
  'overdue',
  'deprecated',
  'unknown',
  'unchecked',
  'other-platform',
] as const
const PLATFORMS = ['bedrock', 'vertex', 'openrouter', 'copilot', 'other'] as const

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
    configRule(config, 'the whole')
    return config as Config
  } catch (error) {
    throw new CheckError(`${path} is wrong: ${(error as Error).message}`)
  }
}

/** Throws what is wrong with a value, and where. */
type Rule = (value: unknown, where: string) => void

function refuse(where: string, expected: string): never {
  throw new Error(`${where} should be ${expected}`)
}

function object(rules: Readonly<Record<string, Rule>>): Rule {
  return (value, where) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      refuse(where, 'an object')
    }
    for (const [key, item] of Object.entries(value)) {
      const rule = Object.hasOwn(rules, key) ? rules[key] : undefined
      if (!rule) throw new Error(`"${key}" is not one of ${Object.keys(rules).join(', ')}`)
      rule(item, key)
    }
  }
}

function string(value: unknown, where: string): void {
  if (typeof value !== 'string') refuse(where, 'a text')
}

function address(value: unknown, where: string): void {
  if (typeof value !== 'string' || !URL.canParse(value)) refuse(where, 'an address')
}

function days(value: unknown, where: string): void {
  if (!Number.isInteger(value) || (value as number) < 0) refuse(where, 'a number of days')
}

function listOf(rule: Rule): Rule {
  return (value, where) => {
    if (!Array.isArray(value)) refuse(where, 'a list')
    for (const item of value) rule(item, `each of ${where}`)
  }
}

function oneOf(known: readonly string[]): Rule {
  return (value, where) => {
    if (!known.includes(String(value))) refuse(where, `one of ${known.join(', ')}`)
  }
}

const configRule = object({
  $schema: string,
  from: address,
  failOn: listOf(oneOf(FAILABLE)),
  within: days,
  ignore: object({ paths: listOf(string), ids: listOf(string) }),
  platforms: object(Object.fromEntries(PLATFORMS.map((name) => [name, listOf(string)]))),
})
