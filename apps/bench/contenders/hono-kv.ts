import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { type Catalogue, find, notFound, pageOf } from './catalogue.ts'

/** Hono with a KV read per request: what most people write. */
const app = new Hono<{ Bindings: { readonly CATALOG: KVNamespace } }>()
app.use(cors())
app.get('/v1/models', async (c) => {
  const catalogue = await read(c.env.CATALOG)
  return c.json(pageOf(catalogue, new URL(c.req.url).searchParams))
})
app.get('/v1/models/:name', async (c) => {
  const name = c.req.param('name')
  const model = find(await read(c.env.CATALOG), name)
  return model ? c.json(model) : c.json(notFound(name), 404)
})

async function read(kv: KVNamespace): Promise<Catalogue> {
  const catalogue = await kv.get<Catalogue>('models', { type: 'json', cacheTtl: 60 })
  if (!catalogue) throw new Error('There are no models yet')
  return catalogue
}

export default app
