import { isChromium } from './browser.ts'
import { findChrome } from '@models-edge/testing/chrome'

/** Once, before all files: so that only one of them unpacks the browser, where it has to be unpacked. */
export async function setup(): Promise<void> {
  if (isChromium) await findChrome()
}
