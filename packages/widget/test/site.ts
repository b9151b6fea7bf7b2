import axe from 'axe-core'
import { listen } from '@models-edge/testing/listener'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { bundle } from '../bundle.ts'
import { FakeApi, type Mood } from './fake-api.ts'

export interface Site {
  readonly api: FakeApi
  /** Where the API is: another origin than that of the pages. */
  readonly origin: string
  /** A new address of the API. */
  base(mood: Mood): string
  /** The address of a page with this body, the widget, and a Content-Security-Policy that allows no more. */
  page(body: string, options?: PageOptions): string
  close(): Promise<unknown>
}

export interface PageOptions {
  readonly lang?: string
  /** A script that runs before the widget. */
  readonly before?: string
  readonly head?: string
  /** Where the widget comes from, unless from the page's own origin. */
  readonly script?: string
}

/** Listens for what must not happen, and for what the elements tell. Has no use of `eval`, as the page has none. */
const probe = `
  const seen = { violations: [], errors: [], events: [] }
  // Firefox asks for an icon that no page mentions.
  addEventListener('securitypolicyviolation', (event) => event.blockedURI.endsWith('/favicon.ico') ||
    seen.violations.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample))
  addEventListener('error', (event) => event.target === window && seen.errors.push(event.message))
  addEventListener('unhandledrejection', (event) => seen.errors.push(String(event.reason)))
  for (const type of ['loadstart', 'load', 'error', 'loadend', 'copy-id']) {
    document.addEventListener(type, (event) => {
      if (event.target.localName?.startsWith('model-'))
        seen.events.push(type + (event.detail ? ' ' + event.detail : ''))
    }, true)
  }
  // An element asks within a few frames, and is busy until it is answered: when none is for sixty, none will.
  const happened = async ([type, times]) => {
    const heard = () => seen.events.filter((event) => event.split(' ')[0] === type).length
    for (const name of ['model-list', 'model-picker']) await customElements.whenDefined(name)
    for (let idle = 0; heard() < times; idle++) {
      if (type === 'says' || document.querySelector('[aria-busy=true]')) idle = 0
      if (idle > 60)
        throw new Error(type + ' came ' + heard() + ' times and not ' + times + ', and no element asks. There came: ' + seen.events)
      await new Promise(requestAnimationFrame)
    }
  }
  // What is seen near the viewport is told once a frame.
  const nextFrames = async () => {
    for (let count = 0; count < 3; count++) await new Promise(requestAnimationFrame)
  }
  const one = (selector) => document.querySelector(selector)
  const pieces = (part, list = one('model-list')) =>
    [...list.shadowRoot.querySelectorAll('[part~="' + part + '"]')]
  const texts = (part, list) => pieces(part, list).map((piece) => piece.textContent)
  const fallbackShown = (list = one('model-list')) => {
    const slot = list.shadowRoot?.querySelector('slot')
    return !slot || getComputedStyle(slot).display !== 'none'
  }
  const options = (select = one('select')) => [...select.options]
    .filter((option) => !option.hidden)
    .map((option) => (option.closest('optgroup')?.label ?? '-') + ': ' + option.text)
`

const styles = `
  :root { color-scheme: light dark; background: Canvas }
  .far { height: 500vh }
`

export async function startSite(): Promise<Site> {
  const api = new FakeApi()
  const documents: string[] = []
  const files: Readonly<Record<string, readonly [type: string, text: string]>> = {
    '/widget.js': ['text/javascript', await bundle()],
    '/axe.js': ['text/javascript', axe.source],
    '/probe.js': ['text/javascript', probe],
    '/styles.css': ['text/css', styles],
    '/favicon.ico': ['image/png', ''],
  }
  // All is served twice, and so has two origins: pages come from one, and ask the other.
  const [pages, other] = [await listen(respond), await listen(respond)]
  const policy = [
    "default-src 'none'",
    `script-src 'self' data: ${other.origin}/widget.js`,
    "style-src 'self'",
    `connect-src ${other.origin} ${pages.origin}/ok/`,
    "base-uri 'self'",
    "require-trusted-types-for 'script'",
  ].join('; ')

  function respond(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, search } = new URL(request.url ?? '', 'http://site')
    if (pathname.endsWith('/v1/models')) return api.answer(request, response)
    const page = documents[Number(pathname.replace('/pages/', ''))]
    // A script of the test's own: the policy allows none in the page.
    const own =
      pathname === '/own.js' && (['text/javascript', decodeURIComponent(search.slice(1))] as const)
    const [type, text] = own || (files[pathname] ?? ['text/html', page])
    if (text === undefined) throw new Error(`unexpected URL ${request.url}`)
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('content-security-policy', policy)
    response.setHeader('content-type', `${type}; charset=utf-8`).end(text)
  }

  return {
    api,
    origin: other.origin,
    base: (mood) => other.origin + api.base(mood),
    page(body, { before = '', lang = 'en', head = '', script = '/widget.js' } = {}) {
      documents.push(`<!doctype html>
<html lang="${lang}">
<head>
<title>Models</title>
<link rel="stylesheet" href="${pages.origin}/styles.css">
<script src="${pages.origin}/probe.js"></script>
<script src="/own.js?${encodeURIComponent(before)}"></script>
<script type="module" src="${script}"></script>
${head}
</head>
<body><main>${body}</main></body>
</html>`)
      return `${pages.origin}/pages/${documents.length - 1}`
    },
    close: () => Promise.all([pages.close(), other.close()]),
  }
}
