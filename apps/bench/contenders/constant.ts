interface Env {
  readonly BODY: ArrayBuffer
  readonly HEADERS: string
  readonly STATUS: string
}

let body: Uint8Array | null = null
let init: ResponseInit | undefined

/** The limit of what a Worker can do: the same bytes and headers whatever is asked. */
export default {
  fetch(_, env) {
    if (!init) {
      init = { status: Number(env.STATUS), headers: new Headers(JSON.parse(env.HEADERS)) }
      body = env.BODY.byteLength > 0 ? new Uint8Array(env.BODY) : null
    }
    return new Response(body, init)
  },
} satisfies ExportedHandler<Env>
