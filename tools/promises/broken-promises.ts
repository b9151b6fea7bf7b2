import type { BrokenPromise } from './broken-promise.ts'

const api = '@models-edge/api'

/** Of SECURITY.md. */
const ofSecurity: readonly BrokenPromise[] = [
  {
    promise: 'The key is sent to ANTHROPIC_BASE_URL alone',
    broken: 'redirects are followed, with the key',
    file: 'packages/core/src/request.ts',
    from: "redirect: 'manual'",
    to: "redirect: 'follow'",
    noticed: { package: api, by: 'privacy/egress' },
  },
  {
    promise: 'The key is in no answer, log, value of KV, bundle, source map or widget',
    broken: 'the log says the key, and not a few digits of its hash',
    file: 'apps/api/src/keeper/upstream.ts',
    from: "(await digest(apiKey ?? '')).slice(0, KEY_DIGITS)",
    to: "apiKey ?? ''",
    noticed: { package: api, by: 'privacy/leaks' },
  },
  {
    promise: "Clients' credentials are not looked at, kept, repeated or handed on",
    broken: 'the log says with which key somebody was refused',
    file: 'apps/api/src/endpoints/endpoints.ts',
    from: '    return respond(request, await errorAnswer(error, this.#log))',
    to: "    this.#log({ event: 'refused', key: request.headers.get('x-api-key') })\n    return respond(request, await errorAnswer(error, this.#log))",
    noticed: { package: api, by: 'privacy/leaks' },
  },
  {
    promise: 'No request makes the Worker fail',
    broken: 'an id that is not UTF-8 is an error of the Worker',
    file: 'apps/api/src/endpoints/model.ts',
    from: "throw badRequest('model_id: Input should be percent-encoded UTF-8')",
    to: "throw new URIError('malformed')",
    noticed: { package: api, by: 'fuzz/input' },
  },
  {
    promise: 'No field of a request changes an answer that a cache may keep',
    broken: 'CORS names the origin that asks',
    file: 'apps/api/src/http/conditional.ts',
    from: "  return new Response(method === 'HEAD' ? null : body, { status, headers: answer.headers })",
    to: "  const own = new Headers(answer.headers)\n  own.set('access-control-allow-origin', headers.get('origin') ?? '*')\n  return new Response(method === 'HEAD' ? null : body, { status, headers: own })",
    noticed: { package: api, by: 'fuzz/input' },
  },
  {
    promise: 'Requests cost upstream nothing and KV next to nothing',
    broken: 'each request reads KV behind its answer',
    file: 'apps/api/src/memory/memory.ts',
    from: 'timing.RELOAD_MS + this.#jitterMs',
    to: '-1',
    noticed: { package: api, by: 'fuzz/input' },
  },
  {
    promise: 'Memory stays what it is, whatever URLs are asked for',
    broken: 'answers are remembered without an end',
    file: 'apps/api/src/memory/answers.ts',
    from: 'this.#answers.size <= MAX_ANSWERS',
    to: 'this.#answers.size >= 0',
    noticed: { package: api, by: 'memory/answers' },
  },
  {
    promise: 'A broken or suddenly small answer of upstream does not replace the last good copy',
    broken: 'one sweep is enough to remove a model',
    file: 'apps/api/src/keeper/believe.ts',
    from: 'return doubt.value === last?.value ||',
    to: 'return doubt.value === (last?.value ?? doubt.value) ||',
    noticed: { package: api, by: 'keeper/believe' },
  },
  {
    promise: 'Hidden models are in no list, answer, suggestion or history',
    broken: 'the history tells of them where a deployment hides more than the one before',
    file: 'apps/api/src/memory/view.ts',
    from: 'changes.filter(({ model_id }) => !isHidden(model_id))',
    to: 'changes.filter(({ model_id }) => !isHidden(model_id) || true)',
    noticed: { package: api, by: 'memory/view' },
  },
  {
    promise: 'Conditions are those of HTTP',
    broken: 'If-None-Match is compared strongly',
    file: 'apps/api/src/http/conditional.ts',
    from: "tag.trim().replace(/^W\\//, '') === etag",
    to: 'tag.trim() === etag',
    noticed: { package: api, by: 'caching/conformance' },
  },
  {
    promise: 'The widget takes no address but http and https',
    broken: 'any address is asked',
    file: 'packages/widget/src/model-element.ts',
    from: "fetch(/^http/.test(url.protocol) ? url : '//', {",
    to: 'fetch(url, {',
    noticed: { package: '@models-edge/widget', by: 'elements' },
  },
  {
    promise: 'core repeats no secret in an error',
    broken: "a key that is no header's value is left to the runtime, whose error repeats it",
    file: 'packages/core/src/request.ts',
    from: '!/[^\\t -~\\x80-\\xff]/.test(value)',
    to: 'true',
    noticed: { package: '@models-edge/core', by: 'request' },
  },
  {
    promise: 'No secret is committed',
    broken: 'a key stands in the example',
    file: '.dev.vars.example',
    from: 'ANTHROPIC_API_KEY=',
    to: `ANTHROPIC_API_KEY=sk-ant-api03-${'aB3'.repeat(30)}aB3-AAAAAAAA\nIGNORED=`,
    noticed: { by: 'check:secrets' },
  },
]

/** Of the README. */
const ofReadme: readonly BrokenPromise[] = [
  {
    promise: 'It is faithful: models pass byte for byte',
    broken: 'models are written anew',
    file: 'apps/api/src/keeper/upstream.ts',
    from: 'yield models',
    to: 'yield models.map((json) => JSON.stringify(JSON.parse(json)))',
    noticed: { package: api, by: 'service/fidelity' },
  },
  {
    promise: 'It is not silent about its age',
    broken: 'X-Synced-At says when the value was written',
    file: 'apps/api/src/memory/view.ts',
    from: "'x-synced-at': snapshot.synced_at",
    to: "'x-synced-at': snapshot.written_at",
    noticed: { package: '@models-edge/simulation', by: 'world' },
  },
  {
    promise: 'It answers while any copy exists',
    broken: 'a cold place asks KV alone',
    file: 'apps/api/src/memory/memory.ts',
    from: 'await firstTrue([fromKv, stores.copy().then(isFilled)])',
    to: 'await firstTrue([fromKv])',
    noticed: { package: api, by: 'memory/memory' },
  },
  {
    promise: 'Whoever follows misses nothing',
    broken: 'a cursor that left the history is taken for one that is in it',
    file: 'apps/api/src/endpoints/changes.ts',
    from: 'position === undefined || position >= snapshot.complete_from',
    to: 'position === undefined || position >= 0',
    noticed: { package: api, by: 'endpoints/changes' },
  },
  {
    promise: 'A change is visible everywhere after 360 seconds',
    broken: 'an isolate remembers for a minute more than is said',
    file: 'apps/api/src/timing.ts',
    from: 'export const OLD_MS = 60 * SECOND',
    to: 'export const OLD_MS = 120 * SECOND',
    noticed: { package: api, by: 'src/timing' },
  },
]

export const brokenPromises = [...ofSecurity, ...ofReadme]
