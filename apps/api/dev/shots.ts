import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { startOnPort } from '@models-edge/upstream/start-worker'
import { findChrome } from '@models-edge/testing/chrome'
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core'

// The README's pictures, of the stand-in's models.

const folder = fileURLToPath(new URL('../../../docs/images/', import.meta.url))

interface Shot extends BrowserContextOptions {
  readonly show: (page: Page, origin: string) => Promise<void>
}

const desk = { viewport: { width: 1200, height: 800 }, deviceScaleFactor: 1 }
const phone = { viewport: { width: 390, height: 780 }, deviceScaleFactor: 1.5 }
const part = { viewport: { width: 1000, height: 390 }, deviceScaleFactor: 1.5 }

const shots: Readonly<Record<string, Shot>> = {
  'page-light': { ...desk, colorScheme: 'light', show: showPage },
  'page-dark': { ...desk, colorScheme: 'dark', show: showPage },
  'page-phone': { ...phone, colorScheme: 'light', show: showPage },
  model: { ...desk, viewport: { width: 1200, height: 1500 }, show: showModel },
  comparison: { ...desk, viewport: { width: 1200, height: 1100 }, show: showComparison },
  subscribe: { ...desk, viewport: { width: 1200, height: 520 }, show: showSubscribe },
  'elements-light': { ...part, colorScheme: 'light', show: showElements },
  'elements-dark': { ...part, colorScheme: 'dark', show: showElements },
}

async function showPage(page: Page, origin: string): Promise<void> {
  await page.goto(origin, { waitUntil: 'networkidle' })
}

async function showModel(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/models/claude-sonnet-4-5-20250929`, { waitUntil: 'networkidle' })
}

async function showComparison(page: Page, origin: string): Promise<void> {
  const path = '/compare/claude-sonnet-4-5-20250929/claude-sonnet-5-5'
  await page.goto(origin + path, { waitUntil: 'networkidle' })
}

async function showSubscribe(page: Page, origin: string): Promise<void> {
  await page.goto(origin, { waitUntil: 'networkidle' })
  await page.locator('#subscribe').evaluate((element) => element.scrollIntoView())
}

/** Both elements as a page has them that gives them its font and two columns, and nothing else. */
async function showElements(page: Page, origin: string): Promise<void> {
  await page.setContent(`<!doctype html>
<html lang="en">
<title>Elements</title>
<style>
  :root { color-scheme: light dark; background: Canvas; font: 15px/1.5 Inter, system-ui, sans-serif }
  body { margin: 0; padding: 1.5rem 2rem; display: grid; grid-template-columns: 1fr 20.5rem; gap: 1.5rem }
  h2 { margin: 0; font-size: 1rem }
  label { display: block; font-weight: bold; margin-block-end: 1rem }
  select { font: inherit; width: 100%; padding: .4em }
</style>
<script type="module" src="${origin}/widget.js"></script>
<section>
  <h2>Models that we answer with</h2>
  <model-list line="sonnet" limit="4">…</model-list>
</section>
<form>
  <model-picker>
    <label for="model">Answer with</label>
    <select id="model" size="12"><option value="">The newest</option><option selected>claude-sonnet-5</option></select>
  </model-picker>
</form>
</html>`)
  await page.locator('[part=model]').nth(3).waitFor()
  await page.locator('optgroup').first().waitFor({ state: 'attached' })
}

async function shoot(origin: string): Promise<void> {
  const { env, executablePath } = await findChrome()
  const fonts = existsSync('/etc/fonts/fonts.conf') && { FONTCONFIG_PATH: '/etc/fonts' }
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox'], // a container's root may not have one
    env: { ...(process.env as Record<string, string>), ...env, ...fonts },
  })
  for (const [name, { show, ...options }] of Object.entries(shots)) {
    const context = await browser.newContext(options)
    const page = await context.newPage()
    await show(page, origin)
    await page.screenshot({ path: `${folder}${name}.png` })
    await context.close()
  }
  await browser.close()
}

async function main(): Promise<void> {
  const upstream = await startOnPort({
    config: fileURLToPath(import.meta.resolve('@models-edge/upstream/wrangler.jsonc')),
    port: 0,
    portVariable: 'UPSTREAM_PORT',
  })
  const worker = await startOnPort({
    config: fileURLToPath(new URL('../../../wrangler.jsonc', import.meta.url)),
    port: 0,
    portVariable: 'API_PORT',
    bindings: {
      ANTHROPIC_API_KEY: { type: 'secret_text', value: 'stand-in-key' },
      ANTHROPIC_BASE_URL: { type: 'plain_text', value: (await upstream.url).origin },
    },
  })
  const { origin } = await worker.url
  await worker.fetch(`${origin}/cdn-cgi/local/scheduled`)
  await mkdir(folder, { recursive: true })
  await shoot(origin)
}

try {
  await main()
  process.exit() // the Workers would go on for ever
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
