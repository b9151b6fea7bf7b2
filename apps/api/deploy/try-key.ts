const PATIENCE_MS = 10_000

/** What upstream says to a key: what `refused` says must not be deployed; `untried` is only told. */
export type Tried =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'untried'; readonly because: string }

/** Asks upstream for one model with this key: one that was revoked must not replace the one that works. */
export async function tryKey(
  apiKey: string,
  vars: Readonly<Record<string, string>>,
): Promise<Tried> {
  const { ANTHROPIC_BASE_URL: base = '', ANTHROPIC_VERSION: version = '' } = vars
  try {
    const { ok, status } = await fetch(`${base}/v1/models?limit=1`, {
      headers: { 'x-api-key': apiKey, 'anthropic-version': version },
      redirect: 'manual', // the key would go along
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    if (ok) return { kind: 'accepted' }
    if (status === 401) return { kind: 'refused' }
    return { kind: 'untried', because: `${base} answers ${status}` }
  } catch {
    // What was thrown can name the key.
    return { kind: 'untried', because: `${base} cannot be asked` }
  }
}
