import { followChanges, getModel, listModels, listRequest, readPage } from '@models-edge/core'
import { withLimits, withRetries } from '@models-edge/core'

export interface Told {
  readonly older: readonly string[]
  readonly newer: readonly string[]
  readonly model: string
  readonly refused: string
  readonly changes: readonly string[]
}

/** What a program hears at a base URL that walks both ways, asks for what is not there, and follows. */
export async function ask(baseURL: string): Promise<Told> {
  const send = withRetries(withLimits(fetch))
  const api = { baseURL, apiKey: 'any' }
  const older: string[] = []
  for await (const { id } of listModels(send, { limit: 2 }, api)) older.push(id)
  const newer: string[] = []
  const before = { before_id: 'claude-3-haiku-20240307', limit: 2 }
  for await (const { id } of listModels(send, before, api)) newer.push(id)
  const model = await getModel(send, 'claude-haiku-4-5', api)
  const missing = await send(listRequest({ after_id: 'nobody' }, api))
  const refused = await readPage(missing).then(JSON.stringify, String)
  const changes: string[] = []
  for await (const { id } of followChanges(send, { baseURL })) changes.push(id)
  return { older, newer, model: model.id, refused, changes }
}
