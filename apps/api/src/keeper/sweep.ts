import type { StoredModel } from '../snapshot/model.ts'
import type { Source } from '../snapshot/snapshot.ts'
import { SyncError } from './failure.ts'

const MAX_CHARACTERS = 2_000_000
const MAX_ID = 256

export interface Swept {
  readonly source: Source
  readonly models: readonly StoredModel[]
  /** What the list is named by, to be known again; empty where it came in pages. */
  readonly mark: string
}

/** Every model that upstream lists. Throws unless they may be what the service knows from now on. */
export async function sweep(
  pages: AsyncIterable<readonly StoredModel[]>,
): Promise<Pick<Swept, 'models'> & { readonly isOnePage: boolean }> {
  const models: StoredModel[] = []
  let size = 0
  let count = 0
  for await (const page of pages) {
    count += 1
    for (const model of page) {
      size += model.json.length
      if (size > MAX_CHARACTERS) {
        throw new SyncError('too_large', `The models are larger than ${MAX_CHARACTERS} characters`)
      }
      models.push(model)
    }
  }
  if (models.length === 0) throw new SyncError('empty', 'The list is empty')
  if (models.some(({ id }) => id === '' || id.length > MAX_ID)) {
    throw new SyncError('bad_list', `An id is empty or longer than ${MAX_ID} characters`)
  }
  if (new Set(models.map(({ id }) => id)).size < models.length) {
    throw new SyncError('bad_list', 'An id comes twice')
  }
  return { models, isOnePage: count === 1 }
}
