import { DurableObject } from 'cloudflare:workers'

interface Env {
  readonly CATALOG: KVNamespace
  readonly KEEPER: DurableObjectNamespace<Keeper>
  readonly ANTHROPIC_API_KEY: string
  readonly ANTHROPIC_BASE_URL: string
}

interface List {
  readonly data: readonly { readonly id: string }[]
}

const LIST = '/v1/models?limit=1000&lifecycle[]=active&lifecycle[]=deprecated&lifecycle[]=retired'

/** The least code that does it: asks upstream, compares the ids, keeps and publishes what is new. */
export class Keeper extends DurableObject<Env> {
  async knock(): Promise<boolean> {
    const { ANTHROPIC_API_KEY, ANTHROPIC_BASE_URL, CATALOG } = this.env
    const headers = { 'x-api-key': ANTHROPIC_API_KEY, 'anthropic-version': '2023-06-01' }
    const answer = await fetch(ANTHROPIC_BASE_URL + LIST, { headers })
    const text = await answer.text()
    const { data } = JSON.parse(text) as List
    const ids = data.map(({ id }) => id).join()
    const { sql } = this.ctx.storage
    sql.exec('CREATE TABLE IF NOT EXISTS list (ids TEXT)')
    const [row] = sql.exec<{ ids: string }>('SELECT ids FROM list').toArray()
    if (row?.ids === ids) return false
    await CATALOG.put('least', text)
    sql.exec('DELETE FROM list')
    sql.exec('INSERT INTO list VALUES (?)', ids)
    return true
  }
}

export default {
  async fetch(_, { CATALOG }) {
    const text = await CATALOG.get('least')
    return new Response(text, { headers: { 'content-type': 'application/json' } })
  },
  async scheduled(_, { KEEPER }) {
    await KEEPER.getByName('catalog').knock()
  },
} satisfies ExportedHandler<Env>
