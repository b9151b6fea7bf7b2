// The bundle, untouched, behind a clock that a test moves on, with a look into its Keeper.
import service, { Keeper as Shipped } from './index.js'

const systemNow = Date.now
let ahead = 0

Date.now = () => systemNow() + ahead

export class Keeper extends Shipped {
  /** All rows of all tables, as text. */
  kept() {
    const { sql } = this.ctx.storage
    const names = sql.exec(`SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_%' ESCAPE '\\'`)
    const tables = names
      .toArray()
      .map(({ name }) => [name, sql.exec(`SELECT * FROM ${name}`).toArray()])
    return JSON.stringify(tables)
  }
}

export default {
  async fetch(request, env, context) {
    // A host that is none must get to the bundle as it came.
    if (!request.url.includes('/-/')) return service.fetch(request, env, context)
    const { pathname, searchParams } = new URL(request.url)
    switch (pathname) {
      case '/-/tick':
        ahead += Number(searchParams.get('minutes')) * 60_000
        await service.scheduled({}, env, context)
        return new Response(null, { status: 204 })
      case '/-/kept':
        return new Response(await env.KEEPER.getByName('catalog').kept())
      case '/-/odd': {
        // A request that nobody can read.
        const odd = Object.defineProperty({}, 'method', { get: () => nothing.private })
        return service.fetch(odd, env, context)
      }
      default:
        return service.fetch(request, env, context)
    }
  },
}
