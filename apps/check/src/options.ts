import { parseArgs } from 'node:util'
import { CheckError } from './check-error.ts'
import { FAILABLE } from './config.ts'
import type { Status } from './finding.ts'

const FORMATS = ['text', 'json', 'sarif', 'github', 'markdown'] as const

export type Format = (typeof FORMATS)[number]

export const HELP = `Finds the Claude model ids in your files that are retired, or soon will be.

  models-edge-check [paths…]

  --from URL         a models-edge to ask; also MODELS_EDGE_URL, or "from" in the
                     configuration. Else Anthropic is asked, with ANTHROPIC_API_KEY.
                     Else nobody, and only what was retired long ago is found
  --format FORMAT    text, json, sarif, github or markdown
  --fail-on LIST     what is a failure: retired,overdue,deprecated unless told;
                     also unknown, unchecked, other-platform; or none
  --within DAYS      a deprecated model is a failure when so many days are left: 30
  --all              tell of active models, too
  --changed REF      only files that differ from where the branch left REF
  --stdin            check what comes in; --stdin-name FILE says what it is
  --config FILE      models-check.json unless told
  --offline          ask nobody, use what was kept
  --version, --help

  models-edge-check                            all that git lists here
  models-edge-check src .github --within 60
  models-edge-check --changed origin/main --format github

Ends with 0 if all is well, 1 if something fails, 2 if it could not be checked.
`

export interface Options {
  readonly paths: readonly string[]
  readonly format: Format
  readonly from: string | undefined
  readonly failOn: readonly Status[] | undefined
  readonly within: number | undefined
  readonly changed: string | undefined
  readonly config: string | undefined
  readonly stdinName: string
  readonly isAll: boolean
  readonly isOffline: boolean
  readonly isStdin: boolean
  readonly wants: 'help' | 'version' | 'check'
}

export function readOptions(given: readonly string[]): Options {
  const { positionals, values } = parse(given)
  const format = FORMATS.find((name) => name === (values.format ?? 'text'))
  if (!format) throw new CheckError(`--format is one of ${FORMATS.join(', ')}`)
  if (values.stdin && (positionals.length > 0 || values.changed !== undefined)) {
    throw new CheckError('--stdin takes no paths and no --changed')
  }
  return {
    paths: positionals.length > 0 ? positionals : ['.'],
    format,
    from: values.from,
    failOn: failOnOf(values['fail-on']),
    within: withinOf(values.within),
    changed: values.changed,
    config: values.config,
    stdinName: values['stdin-name'] ?? 'stdin',
    isAll: values.all ?? false,
    isOffline: values.offline ?? false,
    isStdin: values.stdin ?? false,
    wants: values.help ? 'help' : values.version ? 'version' : 'check',
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        all: { type: 'boolean' },
        changed: { type: 'string' },
        config: { type: 'string' },
        'fail-on': { type: 'string' },
        format: { type: 'string' },
        from: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        offline: { type: 'boolean' },
        stdin: { type: 'boolean' },
        'stdin-name': { type: 'string' },
        version: { type: 'boolean' },
        within: { type: 'string' },
      },
    })
  } catch (error) {
    // More lines than the first tell how to quote.
    throw new CheckError((error as Error).message.replace(/\n[^]*/, ''))
  }
}

function failOnOf(list: string | undefined): readonly Status[] | undefined {
  if (list === undefined) return undefined
  if (list === 'none') return []
  return list.split(',').map((name) => {
    const status = FAILABLE.find((each) => each === name.trim())
    if (!status) throw new CheckError(`--fail-on is none, or some of ${FAILABLE.join(',')}`)
    return status
  })
}

function withinOf(days: string | undefined): number | undefined {
  if (days === undefined) return undefined
  if (!/^\d{1,5}$/.test(days)) throw new CheckError('--within is a number of days')
  return Number(days)
}
