import { findChrome } from '@models-edge/testing/chrome'
import { type Browser, chromium } from 'playwright-core'

/** A browser as its users have it, with its web security on. */
export async function launchBrowser(): Promise<Browser> {
  const { env, executablePath } = await findChrome()
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox'], // a container's root may not have one
    env: { ...(process.env as Record<string, string>), ...env },
  })
}
