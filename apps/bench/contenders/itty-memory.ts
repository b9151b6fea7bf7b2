import { AutoRouter, cors, type IRequest } from 'itty-router'
import { type Catalogue, find, notFound, pageOf } from './catalogue.ts'

interface Env {
  readonly CATALOGUE: string
}

let catalogue: Catalogue | undefined

const { preflight, corsify } = cors()
const router = AutoRouter<IRequest, [Env]>({ before: [preflight], finally: [corsify] })

/** itty's AutoRouter with all data in the Worker's memory. */
router
  .get('/v1/models', ({ url }, env) => pageOf(held(env), new URL(url).searchParams))
  .get('/v1/models/:name', ({ params }, env) => {
    const name = params['name'] ?? ''
    return find(held(env), name) ?? Response.json(notFound(name), { status: 404 })
  })

function held(env: Env): Catalogue {
  catalogue ??= JSON.parse(env.CATALOGUE) as Catalogue
  return catalogue
}

export default { fetch: router.fetch }
