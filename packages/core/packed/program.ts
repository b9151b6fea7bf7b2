import { followChanges, getModel, listModels, listRequest, readPage } from '@models-edge/core'
import { withLimits, withRetries } from '@models-edge/core'

// Walks both ways at the base URL that it is given, asks for what is not there, and follows.

declare const process: { readonly argv: readonly string[] }

async function idsOf(items: AsyncIterable<{ readonly id: string }>): Promise<string[]> {
  const ids: string[] = []
  for await (const { id } of items) ids.push(id)
  return ids
}

const baseURL = process.argv[2] ?? ''
const api = { baseURL, apiKey: 'any' }
// A timer that is left behind keeps the program from ending.
const send = withRetries(withLimits(fetch, { timeoutMs: 86_400_000 }))
const before = { before_id: 'claude-3-haiku-20240307', limit: 2 }
const missing = await send(listRequest({ after_id: 'nobody' }, api))

// oxlint-disable-next-line no-console -- what it prints is its answer
console.log(
  JSON.stringify({
    older: await idsOf(listModels(send, { limit: 2 }, api)),
    newer: await idsOf(listModels(send, before, api)),
    model: (await getModel(send, 'claude-haiku-4-5', api)).id,
    refused: await readPage(missing).then(JSON.stringify, String),
    changes: await idsOf(followChanges(send, { baseURL })),
  }),
)
