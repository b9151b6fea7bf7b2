import { ApiError } from '@models-edge/core'

const datedName = /^[a-z0-9-]+-\d{4}-\d{2}-\d{2}$/
const isoDate = /^\d{4}-\d{2}-\d{2}$/

/** Throws what the API answers before it looks at the request itself. */
export function refuseUnwelcome({ headers }: Request, key: string): void {
  refuseStrangers(headers, key)
  const version = headers.get('anthropic-version')
  if (version === null) throw refusal(400, 'anthropic-version: header is required')
  if (!isoDate.test(version)) {
    throw refusal(400, `anthropic-version: "${version}" is not a valid version`)
  }
  const betas = headers.get('anthropic-beta')?.split(',') ?? []
  const unknown = betas.map((beta) => beta.trim()).filter((beta) => !datedName.test(beta))
  if (unknown.length > 0) {
    throw refusal(
      400,
      `Unexpected value(s) ${unknown.map((beta) => `\`${beta}\``).join(', ')} for the \`anthropic-beta\` header. Please consult our documentation at docs.anthropic.com or try again without the header.`,
    )
  }
}

function refuseStrangers(headers: Headers, key: string): void {
  const apiKey = headers.get('x-api-key')
  const authorization = headers.get('authorization')
  if (headers.has('origin') && !headers.has('anthropic-dangerous-direct-browser-access')) {
    throw refusal(401, "CORS requests must set 'anthropic-dangerous-direct-browser-access' header")
  }
  if (apiKey !== null && authorization !== null) {
    throw refusal(401, 'Only one of the headers x-api-key and authorization may be sent')
  }
  if (authorization !== null && authorization !== `Bearer ${key}`) {
    throw refusal(401, 'Invalid bearer token')
  }
  if (apiKey === null && authorization === null) {
    throw refusal(401, 'x-api-key header is required')
  }
  if (apiKey !== null && apiKey !== key) throw refusal(401, 'API key is invalid.')
}

function refusal(status: 400 | 401, message: string): ApiError {
  const type = status === 401 ? 'authentication_error' : 'invalid_request_error'
  return new ApiError(message, { status, type })
}
