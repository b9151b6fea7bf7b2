import type { Reason } from '../src/keeper/failure.ts'

interface Advice {
  /** What happened, when a sync fails for this reason. */
  readonly means: string
  /** What an operator can do about it. */
  readonly mend: string
}

const wait =
  'It passes by itself: upstream is asked again, ever more rarely, up to 15 minutes apart.'

export const advice: Readonly<Record<Reason, Advice>> = {
  bad_answer: {
    means: 'an answer was cut off, or is no answer of the Models API',
    mend: 'Is ANTHROPIC_BASE_URL right, with no login page or proxy there? If it is, wait.',
  },
  bad_list: {
    means: 'the pages of the list do not fit together, or an id is empty or comes twice',
    mend: 'It is upstream that must mend this. If it lasts, report it to Anthropic.',
  },
  edge_blocked: {
    means: "Anthropic's edge refuses the place from which the Keeper asks",
    mend: 'A Keeper does not move. If it lasts for hours, begin anew: docs/keeper.md says how.',
  },
  empty: {
    means: 'upstream lists no model at all',
    mend: 'May the workspace of the key see models? Use a key of one that does.',
  },
  forbidden: {
    means: 'upstream answers 403',
    mend: 'The key may not list models: use one of another workspace.',
  },
  internal: {
    means: 'a mistake in the service itself; `message` says where',
    mend: 'Go back to the version before, and report the line of the log.',
  },
  misconfigured: {
    means: 'nothing was asked, because a setting is missing or wrong',
    mend: 'Check ANTHROPIC_API_KEY and ANTHROPIC_BASE_URL: docs/deploying.md says what they are.',
  },
  not_found: {
    means: 'upstream answers 404',
    mend: 'Is ANTHROPIC_BASE_URL right? The service asks for {ANTHROPIC_BASE_URL}/v1/models.',
  },
  overloaded: { means: 'upstream answers 529', mend: wait },
  rate_limited: {
    means: 'upstream answers 429',
    mend: `${wait} If it lasts, something else uses up the limit of this key: give the service one of its own.`,
  },
  redirected: {
    means: 'upstream answers with a redirect, which is never followed: the key would go along',
    mend: 'Write the address that it leads to into ANTHROPIC_BASE_URL.',
  },
  refused: {
    means: 'upstream answers another 4xx',
    mend: 'Is ANTHROPIC_VERSION right? The usual one is 2023-06-01.',
  },
  timeout: { means: 'upstream did not answer in time', mend: wait },
  too_large: {
    means: 'the models are more than the service can keep or serve',
    mend: 'Is ANTHROPIC_BASE_URL right? If it is, report it: a limit of the service must be raised.',
  },
  unauthorized: {
    means: 'upstream answers 401',
    mend: 'Anthropic refuses the key: set another ANTHROPIC_API_KEY.',
  },
  unreachable: {
    means: 'there is no connection to upstream',
    mend: 'Is ANTHROPIC_BASE_URL right, and up?',
  },
  upstream_error: { means: 'upstream answers 5xx', mend: wait },
}

/** What an operator can do about a sync that fails for a reason. Later code may know more of them. */
export function mendOf(reason: string): string | undefined {
  return Object.hasOwn(advice, reason) ? advice[reason as Reason].mend : undefined
}
