export { composeKeeper, composeWorker } from '@models-edge/api/compose'
