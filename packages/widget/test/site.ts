import axe from 'axe-core'
import { bundle } from '../bundle.ts'
import { type FakeApi, startFakeApi } from './fake-api.ts'
import { listen } from './server.ts'

export interface Site {
  readonly api: FakeApi
  readonly url: string
  /** The address of a page with this body, the widget, and a Content-Security-Policy that allows no more. */
  page(body: string, options?: PageOptions): string
  stop(): void
}

export interface PageOptions {
  readonly lang?: string
  readonly head?: string
  /** Where the widget comes from, unless from the page's own origin. */
  readonly script?: string
  /** Where the page may connect to, unless to the API alone. */
  readonly connect?: string
}

/** The file that pages paste, as the build makes it. */
export const widget = await bundle()

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
  :root { color-scheme: light dark; font-family: system-ui, sans-serif }
  html { background: Canvas }
  body { margin: 0; line-height: 1.5 }
  main { max-width: 48rem; margin: 0 auto; padding: 2rem 1.25rem }
  form { margin-block-start: 2rem }
  label { display: block; font-weight: 600; margin-block-end: .4rem }
  select { font: inherit; padding: .4em; max-width: 100% }
  .far { height: 500vh }
`

export async function startSite(): Promise<Site> {
  const api = await startFakeApi(widget)
  const pages: { readonly html: string; readonly connect: string }[] = []
  const policy = (connect: string) =>
    [
      "default-src 'none'",
      `script-src 'self' ${api.url}/widget.js`,
      "style-src 'self'",
      `connect-src ${connect}`,
      "base-uri 'self'",
      "require-trusted-types-for 'script'",
    ].join('; ')
  const { server, url } = await listen((request, response) => {
    const path = request.url ?? ''
    const send = (type: string, body: string) =>
      response.setHeader('content-type', `${type}; charset=utf-8`).end(body)
    if (path.startsWith('/widget.js')) return send('text/javascript', widget)
    if (path === '/axe.js') return send('text/javascript', axe.source)
    if (path === '/probe.js') return send('text/javascript', probe)
    if (path === '/styles.css') return send('text/css', styles)
    if (path === '/favicon.ico') return response.writeHead(204).end()
    const page = pages[Number(path.replace('/pages/', ''))]
    if (path.includes('/v1/models')) return api.listener(request, response)
    if (page === undefined) throw new Error(`unexpected URL ${path}`)
    response.setHeader('content-security-policy', policy(page.connect))
    return send('text/html', page.html)
  })
  return {
    api,
    url,
    page(body, { lang = 'en', head = '', script = '/widget.js', connect = api.url } = {}) {
      const html = `<!doctype html>
<html lang="${lang}">
<head>
<title>Models</title>
<link rel="stylesheet" href="${url}/styles.css">
<script src="${url}/probe.js"></script>
<script type="module" src="${script}"></script>
${head}
</head>
<body><main>${body}</main></body>
</html>`
      pages.push({ html, connect })
      return `${url}/pages/${pages.length - 1}`
    },
    stop() {
      api.stop()
      server.close()
      server.closeAllConnections()
    },
  }
}
