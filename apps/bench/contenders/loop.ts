import inner from './shipped.js'
export * from './shipped.js'

/** As many calls for each request, so that next to nothing but the Worker itself is measured. */
const CALLS = 1000

/** A Worker called over and over with one request. */
export default {
  async fetch(request, env, context) {
    let status = 0
    for (let call = 0; call < CALLS; call += 1) {
      const response = inner.fetch(request, env, context)
      status = (response instanceof Response ? response : await response).status
    }
    return new Response(null, { status })
  },
} satisfies ExportedHandler<object>
