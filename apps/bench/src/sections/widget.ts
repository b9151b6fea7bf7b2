import { listen } from '@models-edge/testing/listener'
import { type ModelInfo, ofLifecycles, PagedList, parseListQuery } from '@models-edge/core'
import { findChrome } from '@models-edge/testing/chrome'
import { type Browser, chromium } from 'playwright-core'
import { bytes, count, measured } from '../figures.ts'
import { packedModule, packedSize } from '../packed-size.ts'
import { manyReal } from '../servers/catalogues.ts'
import { summarize } from '../statistics.ts'
import { table } from '../table.ts'

/** Custom elements that pages paste, each with its own job: what such a thing weighs. */
const neighbours = [
  '@github/clipboard-copy-element',
  '@github/include-fragment-element',
  '@github/relative-time-element',
  'lit',
]

const SIZES = [20, 1000]

/** What the widget weighs beside its neighbours. */
export async function widgetBytes(): Promise<string> {
  const own = [
    ['<model-list> and <model-picker>', '@models-edge/widget/define'],
    ['<model-list>', '@models-edge/widget/model-list/define'],
    ['<model-picker>', '@models-edge/widget/model-picker/define'],
  ]
  const rows: string[][] = []
  for (const [name = '', module = name] of [...own, ...neighbours.map((one) => [one])]) {
    const { brotli, minified } = await packedSize(`export * from '${module}'`)
    rows.push([name, bytes(minified), bytes(brotli)])
  }
  return table(['', 'minified', 'brotli'], rows)
}

/** What the widget takes of a page, from the request for its file to the last model shown. */
export async function widgetTime(rounds: number): Promise<string> {
  const { env, executablePath } = await findChrome()
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox'], // a container's root may not have one
    env: { ...(process.env as Record<string, string>), ...env },
  })
  try {
    const rows: string[][] = []
    for (const size of SIZES) {
      const shown: Shown[] = []
      await using site = await startSite(manyReal(size).models)
      // The first one is the browser's own start.
      for (let round = -1; round < rounds; round += 1) {
        const one = await show(browser, `${site.origin}/?limit=${size}`)
        if (one.models !== size) throw new Error(`Expected ${size} models, got ${one.models}`)
        if (round >= 0) shown.push(one)
      }
      const of = (figure: (one: Shown) => number): string => measured(summarize(shown.map(figure)))
      rows.push([
        count(size),
        of(({ rendered }) => rendered),
        of(({ task }) => task),
        of(({ script }) => script),
        of(({ layout }) => layout),
      ])
    }
    const head = ['models', 'ms until shown', 'main thread, ms', 'of it scripts', 'of it layout']
    return `${table(head, rows)}\n\nFrom navigation on, in Chromium ${browser.version()}; the main thread's time is that of the whole page. ${rounds} loads each.`
  } finally {
    await browser.close()
  }
}

interface Shown {
  readonly models: number
  readonly rendered: number
  readonly task: number
  readonly script: number
  readonly layout: number
}

async function show(browser: Browser, url: string): Promise<Shown> {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send('Performance.enable')
    await page.goto(url)
    const { models, rendered } = await page.evaluate(
      () =>
        (globalThis as unknown as { shown: Promise<{ models: number; rendered: number }> }).shown,
    )
    const { metrics } = await session.send('Performance.getMetrics')
    const ms = (name: string): number =>
      1000 * (metrics.find((metric) => metric.name === name)?.value ?? Number.NaN)
    return {
      models,
      rendered,
      task: ms('TaskDuration'),
      script: ms('ScriptDuration'),
      layout: ms('LayoutDuration') + ms('RecalcStyleDuration'),
    }
  } finally {
    await context.close()
  }
}

/** A page with a list, its widget and its API, all from one origin. */
async function startSite(models: readonly ModelInfo[]): ReturnType<typeof listen> {
  const widget = await packedModule(`import '@models-edge/widget/define'`)
  const list = new PagedList(models)
  return listen(({ url = '' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://site')
    const send = (type: string, body: string): unknown =>
      response.setHeader('content-type', type).end(body)
    if (pathname === '/widget.js') return send('text/javascript', widget)
    if (pathname === '/v1/models') {
      const params = parseListQuery(searchParams)
      const page = list.page(params, ofLifecycles(params.lifecycle))
      return send('application/json', JSON.stringify(page))
    }
    if (pathname === '/favicon.ico') return response.writeHead(204).end()
    return send('text/html', html(Number(searchParams.get('limit'))))
  })
}

/** Two frames after the models are there, they have been painted. */
function html(limit: number): string {
  return `<!doctype html>
<html lang="en">
<title>Models</title>
<script>
  const { promise, reject, resolve } = Promise.withResolvers()
  setTimeout(() => reject(new Error('No models were shown')), 20_000)
  globalThis.shown = promise
  // Not on the window: a "load" inside the document never comes there.
  document.addEventListener('load', ({ target }) => {
    if (target.localName !== 'model-list') return
    requestAnimationFrame(() => requestAnimationFrame(() => resolve({
      models: target.shadowRoot.querySelectorAll('[part~=model]').length,
      rendered: performance.now(),
    })))
  }, true)
</script>
<script type="module" src="/widget.js"></script>
<model-list limit="${limit}">none</model-list>
`
}
