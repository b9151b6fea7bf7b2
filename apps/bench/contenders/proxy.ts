interface Env {
  readonly UPSTREAM: string
}

/** Hands every request on, with a key and with CORS, and keeps nothing. */
export default {
  async fetch({ url }, env) {
    const { pathname, search } = new URL(url)
    const headers = { 'x-api-key': 'any', 'anthropic-version': '2023-06-01' }
    const answer = await fetch(env.UPSTREAM + pathname + search, { headers })
    const response = new Response(answer.body, answer)
    response.headers.set('access-control-allow-origin', '*')
    return response
  },
} satisfies ExportedHandler<Env>
