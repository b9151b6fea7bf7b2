export { findChrome } from '@models-edge/testing/chrome'
