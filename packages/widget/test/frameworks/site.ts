import { listen } from '@models-edge/testing/listener'
import { bundle } from '../../bundle.ts'
import { models } from '../models.ts'
import { bundlePage, serverOf } from './bundle.ts'
import type { Way } from './mount.ts'

/** Who renders the forms of a page: a framework, or the page's own HTML and a script. */
export const pages = {
  React: 'react.tsx',
  Vue: 'vue.ts',
  Svelte: 'svelte.ts',
  'inline script': 'plain.ts',
  'deferred script': 'plain.ts',
  'async script': 'plain.ts',
} as const
export type Page = keyof typeof pages

/** Those of which it is enough to know that they work. */
export const others = ['angular', 'htmx', 'lit', 'preact', 'solid'] as const
export type Other = (typeof others)[number]

/** What comes first, what second, what last: a server has rendered the page where its script is the last. */
export const orders = [
  'widget, page, models',
  'page, widget, models',
  'widget, models, page',
] as const
export type Order = (typeof orders)[number]

export interface Form {
  readonly way: Way
  readonly saved: string
  /** What is saved later. */
  readonly last: string
}

export interface FrameworkSite {
  /** The address of a page with these forms. */
  serve(page: Page, order: Order, forms: readonly Form[]): Promise<string>
  /** The same of a page of another framework. */
  serveOther(page: Other, forms: readonly Form[]): Promise<string>
  /** The address of a page that has a script, and an element for it. */
  serveScript(code: string): Promise<string>
  close(): Promise<void>
}

export async function startFrameworkSite(): Promise<FrameworkSite> {
  const files = new Map([
    ['/widget.js', await bundle()],
    ['/matrix.js', await bundlePage('matrix.ts')],
  ])
  const servers = new Map<Page, ReturnType<typeof serverOf>>()
  const documents: string[] = []
  const listener = await listen(({ url = '' }, response) => {
    const script = files.get(url)
    const { pathname, searchParams } = new URL(url, 'http://site')
    response.setHeader('content-type', `text/${script ? 'javascript' : 'html'}; charset=utf-8`)
    const { saved = '', way } = Object.fromEntries(searchParams)
    if (pathname === '/form') response.end(plainForm(way as Way, saved))
    else response.end(script ?? documents[Number(pathname.slice(1))] ?? '')
  })

  /** Bundled when the first page needs it. */
  async function prepare(page: Page): Promise<void> {
    const path = `/${pages[page]}.js`
    if (files.has(path)) return
    const script = await bundlePage(pages[page])
    files.set(path, script)
    if (pages[page] === 'plain.ts') files.set('/run.js', `${script}\nmatrix.page(false)`)
  }

  /** What is in the page before its script runs. */
  async function rendered(page: Page, order: Order, { saved, way }: Form): Promise<string> {
    if (pages[page] === 'plain.ts') return plainForm(way, saved)
    if (order !== 'widget, models, page') return ''
    const server = servers.get(page) ?? serverOf(pages[page].replace('.', '-server.'))
    servers.set(page, server)
    return (await server)(way, saved)
  }

  async function document(
    scripts: string,
    forms: readonly Form[],
    markup: (form: Form) => Promise<string>,
  ): Promise<string> {
    const bodies = forms.map(
      async (form) =>
        `<div data-way="${form.way}" data-saved="${form.saved}" data-last="${form.last}">${await markup(form)}</div>`,
    )
    documents.push(`<!doctype html>
<html lang="en">
<title>Forms</title>
<script>var served = ${JSON.stringify({ data: models, has_more: false })}</script>
<script src="/matrix.js"></script>
${(await Promise.all(bodies)).join('\n')}
${scripts}
</html>`)
    return `${listener.origin}/${documents.length - 1}`
  }

  return {
    async serve(page, order, forms) {
      await prepare(page)
      return document(tags(page, order), forms, (form) => rendered(page, order, form))
    },
    async serveOther(page, forms) {
      files.set(`/${page}.js`, await bundlePage(`${page}.ts`))
      return document(`<script src="/${page}.js"></script>`, forms, async () => '')
    },
    async serveScript(code) {
      const path = `/script-${files.size}.js`
      files.set(path, code)
      return document(`<main id="main"></main><script src="${path}"></script>`, [], async () => '')
    },
    close: () => listener.close(),
  }
}

/** The scripts that such a page has in its HTML. Others come when it is their turn. */
function tags(page: Page, order: Order): string {
  const widget = '<script type="module" src="/widget.js"></script>'
  const isFirst = order.startsWith('page')
  if (page === 'inline script') return isFirst ? '<script src="/run.js"></script>' : ''
  if (page === 'async script') return ''
  if (page !== 'deferred script') return `<script src="/${pages[page]}.js"></script>`
  const deferred = '<script defer src="/run.js"></script>'
  return isFirst ? deferred + widget : widget + deferred
}

function plainForm(way: Way, saved: string): string {
  const empty = way === 'no options' ? '' : '<option value="">Choose a model</option>'
  const own = way === 'the saved option' && saved
  const option = own ? `<option value="${saved}" selected>${saved}</option>` : ''
  return `<form><model-picker><select name="model">${empty}${option}</select></model-picker></form>`
}
