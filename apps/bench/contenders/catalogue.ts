/** What the contenders hold in memory or read from KV: the models as objects, as people keep them. */
export interface Catalogue {
  readonly models: readonly Model[]
  readonly aliases: Readonly<Record<string, string>>
}

interface Model {
  readonly id: string
  readonly lifecycle?: string | null
}

interface Page {
  readonly data: readonly Model[]
  readonly has_more: boolean
  readonly first_id: string | null
  readonly last_id: string | null
}

/** The common part of what the contenders do: a page by limit and cursor, written as most would. */
export function pageOf({ models }: Catalogue, query: URLSearchParams): Page {
  const limit = Number(query.get('limit') ?? 20)
  const after = query.get('after_id')
  const current = models.filter(({ lifecycle }) => lifecycle !== 'retired')
  const start = after === null ? 0 : current.findIndex(({ id }) => id === after) + 1
  const data = current.slice(start, start + limit)
  return {
    data,
    has_more: start + limit < current.length,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
  }
}

/** A model by its id or alias. */
export function find({ models, aliases }: Catalogue, name: string): Model | undefined {
  const wanted = aliases[name] ?? name
  return models.find(({ id }) => id === wanted)
}

export function notFound(name: string): object {
  return {
    type: 'error',
    error: { type: 'not_found_error', message: `model: ${name}` },
    request_id: `req_${crypto.randomUUID().replaceAll('-', '').slice(0, 24)}`,
  }
}
