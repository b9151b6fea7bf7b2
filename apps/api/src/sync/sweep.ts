import { type StoredModel, storedModel } from '../catalog/snapshot.ts'
import { SyncError } from './reason.ts'
import type { Upstream } from './upstream.ts'

/** A value of KV holds 25 MiB, and the models share it with escapes and the history. */
const MAX_SIZE = 20 * 1024 * 1024

/** Every model upstream lists, and how many pages it took. */
export async function sweep(
  upstream: Upstream,
  signal: AbortSignal,
): Promise<{ readonly models: readonly StoredModel[]; readonly pages: number }> {
  const models: StoredModel[] = []
  let pages = 0
  let size = 0
  for await (const page of upstream.pages(signal)) {
    pages += 1
    for (const json of page) {
      size += json.length
      if (size > MAX_SIZE) {
        throw new SyncError('too_large', `The models are larger than ${MAX_SIZE} characters`)
      }
      models.push(storedModel(json))
    }
  }
  return { models, pages }
}
