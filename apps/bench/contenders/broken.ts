import shipped from './shipped.js'
export * from './shipped.js'

interface Env {
  readonly CATALOG: KVNamespace
  /** What is wrong. */
  readonly BROKEN: string
}

let ids: readonly string[] | undefined

/** The shipped Worker with a mistake around it, which the budgets must notice. */
export default {
  async fetch(request, env, context) {
    if (env.BROKEN === 'reads KV') await env.CATALOG.get('catalog:v2')
    if (env.BROKEN === 'scans all models') await scan(env.CATALOG)
    const response = await shipped.fetch(request, env, context)
    if (env.BROKEN !== 'parses JSON') return response
    return new Response(JSON.stringify(await response.json()), response)
  },
} satisfies ExportedHandler<Env>

async function scan(kv: KVNamespace): Promise<void> {
  ids ??= (await kv.get<{ readonly models: readonly string[] }>('catalog:v2', 'json'))?.models
  // Its outcome is used, or it could be left out.
  if (ids?.filter((id) => !id.includes('retired')).includes('none')) throw new Error('unreachable')
}
