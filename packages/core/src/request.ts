import { refuseUnless } from './api-error.ts'
import { checkListParams, type ListParams } from './list-params.ts'
import type { PageParams } from './page-params.ts'

interface Common {
  /** Where the API is: `https://api.anthropic.com` unless told. A path in it is kept. */
  readonly baseURL?: string | URL | undefined
  /** `anthropic-version`: `2023-06-01` unless told. */
  readonly version?: string | undefined
  /** `anthropic-beta`. */
  readonly betas?: readonly string[] | undefined
  /** `anthropic-workspace-id`. */
  readonly workspaceId?: string | undefined
  /** Further headers; they never replace those that the other options write. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly signal?: AbortSignal | undefined
}

interface WithApiKey {
  /** Sent as `x-api-key`. It excludes `authToken`: a request has one credential or none. */
  readonly apiKey?: string | undefined
  /** Not beside `apiKey`: a request has one credential or none. */
  readonly authToken?: undefined
}

interface WithAuthToken {
  /** Sent as `authorization: Bearer …`. It excludes `apiKey`: a request has one credential or none. */
  readonly authToken?: string | undefined
  /** Not beside `authToken`: a request has one credential or none. */
  readonly apiKey?: undefined
}

/** Where a request goes and with which credential: a key, a token or none, but never two. */
export type RequestOptions = Common & (WithApiKey | WithAuthToken)

/**
 * The request for a page of models.
 *
 * @throws {ApiError} 400, on parameters that the API would refuse and on options that cannot be sent.
 */
export function listRequest(params: ListParams = {}, options: RequestOptions = {}): Request {
  checkListParams(params)
  return request(`/v1/models${search(params)}`, options)
}

/** The request for a page of changes. Only a models-edge has any, so there is no default for where it is. */
export function changesRequest(params: PageParams, options: RequestOptions): Request {
  // Stryker disable next-line StringLiteral: any text that is no URL is refused likewise.
  const { baseURL = '' } = options
  return request(`/v1/changes${search(params)}`, { ...options, baseURL })
}

/**
 * The request for one model, by its id or an alias.
 *
 * @throws {ApiError} 400, on what is no id and on options that cannot be sent.
 */
export function getRequest(id: string, options: RequestOptions = {}): Request {
  // An empty or relative segment would name another resource; half a surrogate pair has no encoding.
  refuseUnless(
    !/^\.{0,2}(;|$)|\p{Surrogate}/u.test(id),
    'model_id: expected an id, not empty and no relative path',
  )
  return request(`/v1/models/${encodeId(id)}`, options)
}

function search(params: object): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) {
    for (const item of [value ?? []].flat()) {
      query.append(Array.isArray(value) ? `${name}[]` : name, String(item))
    }
  }
  const text = String(query)
  return text && `?${text}`
}

/** Encodes what the official SDKs encode, so that an id has one spelling on the wire. */
function encodeId(id: string): string {
  return encodeURIComponent(id).replace(/%(2[46BC]|3[ABD]|40)/g, decodeURIComponent)
}

function request(path: string, options: RequestOptions): Request {
  const { baseURL = 'https://api.anthropic.com', signal = null } = options
  // Stryker disable next-line StringLiteral: the same.
  const base = URL.canParse(baseURL) ? new URL(baseURL).href : ''
  refuseUnless(
    /^https?:\/\/[^/@?#]+\/[^?#]*$/.test(base),
    'baseURL: expected an http(s) URL without credentials, query or fragment',
  )
  return new Request(base.replace(/\/*$/, '') + path, {
    headers: buildHeaders(options),
    // A redirect that is followed can carry the credential to another host.
    redirect: 'manual',
    signal,
  })
}

function buildHeaders(options: RequestOptions): Headers {
  const { apiKey, authToken, betas, version, workspaceId } = options
  const headers = new Headers()
  const given: Readonly<Record<string, string | undefined>> = {
    ...options.headers,
    'anthropic-version': version || '2023-06-01',
    'anthropic-beta': betas?.filter(Boolean).join(),
    'anthropic-workspace-id': workspaceId,
    'x-api-key': apiKey,
    authorization: authToken && `Bearer ${authToken}`,
  }
  for (const [name, value = ''] of Object.entries(given)) {
    // A runtime's own error would repeat the value, and the value can be a key.
    refuseUnless(
      !/[^\t -~\x80-\xff]/.test(value),
      `${name}: expected Latin-1 text without line breaks`,
    )
    if (value) headers.set(name, value)
  }
  refuseUnless(
    !headers.has('x-api-key') || !headers.has('authorization'),
    'x-api-key, authorization: expected one of the two',
  )
  return headers
}
