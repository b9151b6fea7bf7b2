import { DurableObject } from 'cloudflare:workers'
import { probeOf } from './probe.js'

/** The probe as a Durable Object; whoever asks for `kill` aborts it. */
export class Probe extends DurableObject {
  #probe = probeOf(
    {
      sql: this.ctx.storage.sql,
      transactionSync: (work) => this.ctx.storage.transactionSync(work),
    },
    async (what) => (await fetch(`http://outside/${encodeURIComponent(what)}`)).text(),
  )

  call(method, text) {
    return this.#probe[method](text)
  }

  kill() {
    this.ctx.abort('killed')
  }
}

export default {
  async fetch(request, { PROBE }) {
    const [, method, text] = new URL(request.url).pathname.split('/').map(decodeURIComponent)
    const probe = PROBE.getByName('one')
    try {
      return new Response(await (method === 'kill' ? probe.kill() : probe.call(method, text)))
    } catch (error) {
      return new Response(error.message === 'thrown on purpose' ? error.message : 'lost', {
        status: 500,
      })
    }
  },
}
