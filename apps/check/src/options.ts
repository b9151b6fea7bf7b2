import { parseArgs } from 'node:util'
import { CheckError } from './check-error.ts'
import { FAILABLE } from './config.ts'
import type { Status } from './finding.ts'

const FORMATS = ['text', 'json', 'sarif', 'github', 'markdown'] as const

export type Format = (typeof FORMATS)[number]

export const HELP = `Finds the Claude model ids in your files that are retired, or soon will be.

  models-edge-check [paths…]

  --from URL        a models-edge to ask; also MODELS_EDGE_URL. Else Anthropic is
                    asked, with ANTHROPIC_API_KEY. Else nobody is, and only what
                    was retired long ago is found
  --format FORMAT   text, json, sarif, github or markdown
  --fail-on LIST    what is a failure: retired,overdue,deprecated unless told;
                    also unknown, unchecked, other-platform; or none
  --within DAYS     deprecated is a failure with so many days left: 30
  --all             tell of active models, too
  --changed REF     only files that differ from where the branch left REF
  --stdin           check what comes in; --stdin-name FILE names it
  --config FILE     models-check.json unless told
  --offline         ask nobody, use what was kept
  --version, --help

  models-edge-check
  models-edge-check src .github --within 60
  models-edge-check --changed origin/main --format github

Ends with 0 if all is well, 1 if something fails, 2 if it could not be checked.
`

export type Options = ReturnType<typeof parse>['values'] & {
  readonly paths: readonly string[]
  readonly format: Format
  readonly failOn: readonly Status[] | undefined
  readonly withinDays: number | undefined
}

export function readOptions(given: readonly string[]): Options {
  const { positionals, values } = parse(given)
  const { changed, format = 'text', stdin, within } = values
  if (stdin && (positionals.length > 0 || changed !== undefined)) {
    throw new CheckError('--stdin takes no paths and no --changed')
  }
  if (within !== undefined && !/^\d{1,5}$/.test(within)) {
    throw new CheckError('--within is a number of days')
  }
  return {
    ...values,
    paths: positionals.length > 0 ? positionals : ['.'],
    format: oneOf(FORMATS, format, '--format is one of'),
    failOn: failOnOf(values['fail-on']),
    withinDays: within === undefined ? undefined : Number(within),
  }
}

function failOnOf(list: string | undefined): readonly Status[] | undefined {
  if (list === 'none') return []
  return list
    ?.split(',')
    .map((name) => oneOf(FAILABLE, name.trim(), '--fail-on is none, or some of'))
}

function oneOf<Name extends string>(known: readonly Name[], name: string, what: string): Name {
  const found = known.find((each) => each === name)
  if (found === undefined) throw new CheckError(`${what} ${known.join(', ')}`)
  return found
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS })
  } catch (error) {
    // More lines than the first tell how to quote.
    throw new CheckError((error as Error).message.replace(/\n[^]*/, ''))
  }
}

const FLAG = { type: 'boolean' } as const
const VALUE = { type: 'string' } as const
const OPTIONS = {
  all: FLAG,
  changed: VALUE,
  config: VALUE,
  'fail-on': VALUE,
  format: VALUE,
  from: VALUE,
  help: { ...FLAG, short: 'h' },
  offline: FLAG,
  stdin: FLAG,
  'stdin-name': VALUE,
  version: FLAG,
  within: VALUE,
} as const
