import { isChromium } from './browser.ts'
import { chromePath } from './chromium.ts'

/** Once, before all files: two processes that unpack the same browser would disturb each other. */
export async function setup(): Promise<void> {
  if (isChromium) process.env['CHROME_PATH'] = await chromePath()
}
