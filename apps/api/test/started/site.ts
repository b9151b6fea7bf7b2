import { findChrome } from '@models-edge/testing/chrome'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { type Listener, listen } from '@models-edge/testing/listener'

/** A browser as its users have it, with its web security on. */
export async function launchBrowser(): Promise<Browser> {
  const { env, executablePath } = await findChrome()
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox'], // a container's root may not have one
    env: { ...(process.env as Record<string, string>), ...env },
  })
}

/** Somebody's site: of another origin than the service, and as strict as a site can be. */
export interface Site {
  /** Opens a page with this in its body, which may load from this service and nowhere else. */
  visit(body: string, service: string, options?: BrowserContextOptions): Promise<Visit>
}

export interface Visit {
  readonly page: Page
  /** What went over the wire. */
  readonly sent: readonly Sent[]
  /** The ids that the list shows. */
  ids(): Promise<string[]>
  /** Waits until an event has come. */
  until(event: string): Promise<void>
}

interface Sent {
  readonly method: string
  readonly url: string
  /** Also of what the browser asks before it asks. */
  readonly type: string
  readonly headers: Readonly<Record<string, string>>
}

interface Seen {
  readonly events: string[]
  readonly violations: string[]
}

/** A site and a browser while a test file runs. After each test its pages must be without a violation. */
export function useSite(): Site {
  let browser: Browser
  let server: Listener
  const pages: { readonly html: string; readonly policy: string }[] = []
  const open: Page[] = []

  beforeAll(async () => {
    server = await listen(({ url = '' }, response) => {
      const page = pages[Number(url.slice(1))]
      if (!page) throw new Error(`unexpected URL ${url}`)
      response.setHeader('content-type', 'text/html; charset=utf-8')
      response.setHeader('content-security-policy', page.policy)
      response.end(page.html)
    })
    browser = await launchBrowser()
  })
  afterEach(async () => {
    for (const page of open.splice(0)) {
      const violations = await page.evaluate(() => globalThis.seen.violations)
      await page.context().close()
      expect(violations).toEqual([])
    }
  })
  afterAll(async () => {
    await browser.close()
    await server.close()
  })

  return {
    async visit(body, service, options = {}) {
      const place = pages.push({ html: pageOf(body), policy: policy(service) }) - 1
      const page = await (await browser.newContext(options)).newPage()
      open.push(page)
      await page.addInitScript(watch)
      const sent = await record(page)
      await page.goto(`${server.origin}/${place}`)
      const events = (): Promise<string[]> => page.evaluate(() => globalThis.seen.events)
      return {
        page,
        sent,
        ids: () => page.locator('model-list [part~="id"]').allTextContents(),
        until: (event) => expect.poll(events, { timeout: 10_000 }).toContain(event),
      }
    },
  }
}

const pageOf = (body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Elsewhere</title>
<style nonce="of-the-site">:root { color-scheme: light dark; background: Canvas }</style>
</head>
<body><main><h1>Elsewhere</h1>${body}</main></body>
</html>`

const policy = (service: string): string =>
  [
    "default-src 'none'",
    `script-src ${service}`,
    `connect-src ${service}`,
    "style-src 'nonce-of-the-site'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')

declare global {
  var seen: Seen
}

/** Runs in the page, before anything else does. */
function watch(): void {
  const seen: Seen = { events: [], violations: [] }
  globalThis.seen = seen
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
    seen.violations.push(`${violatedDirective}: ${blockedURI} ${sample}`)
  })
  const note = ({ target }: Event): void =>
    void seen.events.push(`${(target as Element).localName} load`)
  // Not on the window: `load` does not get there.
  document.addEventListener('load', note, true)
}

/** The requests as they leave the browser: with its own headers, and with those before a request. */
async function record(page: Page): Promise<readonly Sent[]> {
  const session = await page.context().newCDPSession(page)
  const sent: Sent[] = []
  const headers = new Map<string, Record<string, string>>()
  session.on('Network.requestWillBeSentExtraInfo', (info) => {
    Object.assign(headersOf(info.requestId), info.headers)
  })
  session.on('Network.requestWillBeSent', ({ requestId, request: { method, url }, type = '' }) => {
    sent.push({ method, url, type, headers: headersOf(requestId) })
  })
  await session.send('Network.enable')
  return sent

  function headersOf(id: string): Record<string, string> {
    const known = headers.get(id) ?? {}
    headers.set(id, known)
    return known
  }
}
