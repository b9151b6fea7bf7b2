import { readName, VARIANTS, type Name } from './name.ts'
import type { Platform } from './platform.ts'
import type { Token } from './token.ts'

/** A name as it stands in a text, and whose spelling it is. */
export interface Spelling {
  readonly platform: Platform
  readonly name: Name
  readonly start: number
  /** All that belongs to it: `arn:aws:bedrock:…/us.anthropic.claude-…-v1:0`, `claude-…[1m]`. */
  readonly text: string
}

/** What a provider is called before a slash or a colon: `vertex_ai`, `google-vertex`, `openrouter.ai`. */
const PROVIDERS: readonly (readonly [Platform, RegExp])[] = [
  ['bedrock', /bedrock/i],
  ['vertex', /vertex|^publishers$/i],
  ['openrouter', /openrouter|^vercel|^~anthropic$/i],
  ['copilot', /copilot|^github$/i],
  [
    'other',
    /^(cursor|databricks|deepinfra|gmi|heroku|opencode|perplexity|poe|replicate|sap|snowflake)$/i,
  ],
]

/** Reads a token for what it is. Undefined is no name of a model, or a part of something longer. */
export function readSpelling(text: string, token: Token): Spelling | undefined {
  const before = isOfAPage(token) ? undefined : readBefore(text, token)
  if (!before) return undefined
  const word = token.word.replace(/\.+$/, '')
  const start = token.start - before.length
  const suffix = readAfter(text, token.start, word, text.charAt(start - 1))
  const name = suffix === undefined ? undefined : readName(word)
  if (!name || suffix === undefined) return undefined
  return {
    name: withSuffix(name, suffix),
    platform: platformOf(name, suffix, before),
    start,
    text: text.slice(start, token.start + word.length + suffix.length),
  }
}

interface Before {
  /** Who is named before the name, if anybody is. */
  readonly provider: Platform | undefined
  /** `anthropic/` is what OpenRouter writes, and LiteLLM before Anthropic's own ids. */
  readonly isAfterAnthropic: boolean
  /** How many of the characters before the name belong to it. */
  readonly length: number
}

function readBefore(text: string, { start, near, far }: Token): Before | undefined {
  const opener = text.charAt(start - near.length - 1)
  // `\n` and `\u003e` in a string, and `%2F` in an address, end where the name begins.
  const isEscape =
    (opener === '\\' && /^([abefnrtv0]|u[\da-f]{4}|x[\da-f]{2})$/i.test(near)) ||
    (opener === '%' && /^[\da-f]{2}$/i.test(near))
  if (isEscape) return { provider: undefined, isAfterAnthropic: false, length: 0 }
  const [, prefix = ''] = /^-*((?:[a-z][a-z-]{1,8}\.)?anthropic\.)$/.exec(near) ?? []
  if (prefix) return { ...readFar(far, prefix.length), provider: 'bedrock' }
  if (/(^|\.)databricks-$|^anthropic--$/.test(near)) {
    return { provider: 'other', isAfterAnthropic: false, length: near.length }
  }
  // A dash that begins a line of a diff, or a default of the shell's: `${MODEL:-claude-…}`, `${MODEL-…}`.
  const isDefault = /^\w+-$/.test(near) && text.endsWith('${', start - near.length)
  if (!isDefault && !/^-*$/.test(near)) return undefined
  return near === '' ? readFar(far, 0) : { provider: undefined, isAfterAnthropic: false, length: 0 }
}

/** The news of a model is no use of it: `https://www.anthropic.com/news/claude-opus-4-1`. */
function isOfAPage({ far }: Token): boolean {
  return /\/(blog|news|research)\/$/.test(far)
}

function readFar(far: string, near: number): Before {
  const isAfterAnthropic = /(^|[/:])anthropic[/:]$/.test(far)
  const parts = /[/:]$/.test(far) ? far.split(/[/:]/) : []
  const provider = parts.map(providerOf).find(Boolean)
  if (!provider) {
    const length = near + (isAfterAnthropic ? 'anthropic/'.length : 0)
    return { provider, isAfterAnthropic, length }
  }
  const isArn = provider === 'bedrock' && parts.includes('arn')
  const first = parts.findIndex(isArn ? (part) => part === 'arn' : providerOf)
  const length = near + parts.slice(first).join('/').length
  return { provider, isAfterAnthropic, length }
}

function providerOf(part: string): Platform | undefined {
  return PROVIDERS.find(([, names]) => names.test(part))?.[0]
}

const AT = /(?:@|%40)(?:\d{8}|default|latest)(?![\w@.-]*[\w@-])/iy
/** `:0`, `:0:200k`; or nothing, but not a part of `:0-x`. */
const BUILD = /(?::|%3A)\d{1,2}(?::\d{1,3}k)?(?![\w-])|(?!(?::|%3A)\d)/iy
const VARIANT = /:([a-z]+)(?![\w-])/y
const WINDOW = /\[\d{1,4}[km]\](?![\w-])/y

/** What follows the word and belongs to it; undefined where the word is only a part of what stands there. */
function readAfter(text: string, start: number, word: string, opener: string): string | undefined {
  const end = start + word.length
  const next = text.charAt(end)
  if (next === '@' || text.startsWith('%40', end)) return matchAt(AT, text, end)
  // Half of a pattern or of a template: `claude-opus-4*`, but not `**claude-opus-4-8**`.
  if (next === '*' && opener !== '*') return undefined
  if (/[_-]$/.test(word) || text.startsWith('${', end)) return undefined
  if (/-v\d+$/.test(word)) return matchAt(BUILD, text, end)
  const variant = matchAt(VARIANT, text, end)
  if (variant !== undefined && VARIANTS.has(variant.slice(1))) return variant
  return matchAt(WINDOW, text, end) ?? ''
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

/** A date after `@` is the name's, and the 1 of `claude-v2:1` is its version's. */
function withSuffix(name: Name, suffix: string): Name {
  const [date] = /\d{8}/.exec(suffix) ?? []
  if (date !== undefined) return { ...name, date: name.date ?? date }
  const [, minor] = /^(?::|%3A)(\d+)/i.exec(suffix) ?? []
  if (minor === undefined || name.version.length > 0 || name.edition === undefined) return name
  return { ...name, version: [name.edition, Number(minor)] }
}

function platformOf(name: Name, suffix: string, before: Before): Platform {
  const { provider, isAfterAnthropic } = before
  if (provider) return provider
  if (/^(@|%40)/.test(suffix)) return 'vertex'
  // Before Claude 3, dots and `v1` are Anthropic's own.
  const isOfTheFirst = isOfTheFirstModels(name)
  if (name.edition !== undefined && isOfTheFirst) return suffix === '' ? 'anthropic' : 'bedrock'
  // `claude-3-5-sonnet-v2` is Google's, and `claude-opus-4-6-v1` Amazon's.
  if (name.edition !== undefined) {
    return suffix !== '' || name.date || (name.version[0] ?? 0) > 3 ? 'bedrock' : 'vertex'
  }
  if (suffix.startsWith(':') || name.variant === 'fast') return 'openrouter'
  if (isAfterAnthropic) return isOpenRouters(name, isOfTheFirst) ? 'openrouter' : 'anthropic'
  if (name.variant === 'thought') return 'copilot'
  // Copilot followed Anthropic when the number moved behind the line; others did not.
  if (name.isDotted && !isOfTheFirst) return /^claude-[4-9]/.test(name.text) ? 'other' : 'copilot'
  return name.variant === undefined ? 'anthropic' : 'other'
}

function isOfTheFirstModels({ line, version }: Name): boolean {
  return (line === undefined || line === 'instant') && (version[0] ?? 0) < 3
}

/** After `anthropic/`: dots and settings, and names without a date that Anthropic gave none without. */
function isOpenRouters(name: Name, isOfTheFirst: boolean): boolean {
  const { date, isDotted, isLatest, variant, version } = name
  if (isOfTheFirst) return false
  if (isDotted || variant !== undefined) return true
  const [major] = version
  if (major === undefined) return true
  return !date && !isLatest && (major === 3 || (major === 4 && version.length === 1))
}
