import { fileURLToPath } from 'node:url'
import { type StandIn, useStandIn as use } from '@models-edge/testing/stand-in'

// The models of the stand-in: what the service answers is compared with them.
export { aliases, models } from '@models-edge/upstream/catalogue'

/** Runs the stand-in while a test file runs. */
export function useStandIn(): StandIn {
  return use(fileURLToPath(import.meta.resolve('@models-edge/upstream/wrangler.jsonc')))
}
