const mends: Readonly<Record<string, string>> = {
  unauthorized: 'Anthropic refuses the key: set another ANTHROPIC_API_KEY.',
  forbidden: 'The key may not list models: use one of another workspace.',
  misconfigured: 'Check ANTHROPIC_API_KEY and ANTHROPIC_BASE_URL: the README says what they are.',
  not_found: 'Is ANTHROPIC_BASE_URL right? The service asks for {ANTHROPIC_BASE_URL}/v1/models.',
  unreachable: 'Is ANTHROPIC_BASE_URL right, and up?',
  'no sync has run so far': 'The first one comes within a minute of the deployment.',
}

/** What an operator can do about a sync that fails for a reason, where it is not to be waited for. */
export function mendOf(reason: string): string | undefined {
  return mends[reason]
}
