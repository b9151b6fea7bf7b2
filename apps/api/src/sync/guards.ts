import type { StoredModel } from '../catalog/snapshot.ts'
import { digest } from '../digest.ts'
import { SyncError } from './reason.ts'

const MAX_ID_LENGTH = 256

/** Throws unless the swept models may be what the service knows from now on. */
export function checkModels(models: readonly StoredModel[]): void {
  if (models.length === 0) throw new SyncError('empty', 'The list is empty')
  if (models.some(({ id }) => id === '' || id.length > MAX_ID_LENGTH)) {
    throw new SyncError('bad_list', `An id is empty or longer than ${MAX_ID_LENGTH} characters`)
  }
}

/**
 * What a list looks like that has lost more than half of its models since the last sync; undefined
 * for any other. Such a list is believed when two syncs in a row see the same one.
 */
export async function shrunkTo(
  before: readonly StoredModel[],
  after: readonly StoredModel[],
): Promise<string | undefined> {
  if (after.length * 2 >= before.length) return undefined
  return digest(after.map(({ id }) => id).join('\n'))
}
