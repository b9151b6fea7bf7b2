// The stand-in's own data and its harness: what it answers is what the service is compared with.
export { aliases, models } from '@models-edge/upstream/catalogue'
export { useStandIn } from '@models-edge/upstream/stand-in'
