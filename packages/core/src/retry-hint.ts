interface Answered {
  readonly status?: number | undefined
  readonly headers?: Headers
}

/**
 * How long to wait before sending the same request again, by the official SDKs' rules: 0 where the
 * answer (or the `ApiError` made of it) names no time, undefined where there is no use in trying.
 */
export function retryAfterMs({ status = 0, headers }: Answered): number | undefined {
  if (status < 300) return undefined
  const retry = headers?.get('x-should-retry')
  const passing = status >= 500 || [408, 409, 429].includes(status)
  if (retry === 'false' || (retry !== 'true' && !passing)) return undefined
  const after = headers?.get('retry-after')
  const waits = [
    Number(headers?.get('retry-after-ms')),
    Number(after) * 1000,
    Date.parse(String(after)) - Date.now(),
  ]
  return waits.find((wait) => wait > 0) ?? 0
}
