import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { type Catalogue, find, notFound, pageOf } from './catalogue.ts'

let catalogue: Catalogue | undefined

/** Hono with all data in the Worker's memory. */
const app = new Hono<{ Bindings: { readonly CATALOGUE: string } }>()
app.use(cors())
app.use(async ({ env }, next) => {
  catalogue ??= JSON.parse(env.CATALOGUE) as Catalogue
  await next()
})
app.get('/v1/models', (c) => c.json(pageOf(held(), new URL(c.req.url).searchParams)))
app.get('/v1/models/:name', (c) => {
  const name = c.req.param('name')
  const model = find(held(), name)
  return model ? c.json(model) : c.json(notFound(name), 404)
})

function held(): Catalogue {
  if (!catalogue) throw new Error('There are no models yet')
  return catalogue
}

export default app
