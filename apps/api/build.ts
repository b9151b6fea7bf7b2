import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { bundle } from '@models-edge/widget/bundle'
import { documents } from './documents.ts'

// What does not depend on the models: the widget's file, the page's script and style, the contract. As
// text, for the Worker to import, so that nothing of it can be missing. The documents are among the
// static assets: they are more than all else together, and no isolate should hold them.

const built = new URL('built/', import.meta.url)
const assets = new URL('released/', import.meta.url)
const browser = new URL('src/endpoints/page/browser/', import.meta.url)

export default async function build(): Promise<void> {
  // Not before: a mistake in the contract is told in words below, and not by a stack.
  const { openapi } = await import('./src/contract/openapi.ts')
  const texts = {
    'widget.txt': await bundle(),
    'openapi.txt': JSON.stringify(openapi),
    'script.txt': await bundle(fileURLToPath(browser), 'page.ts'),
    'style.txt': await styleSheet('frame', 'hero', 'models', 'lives-and-snippets', 'media'),
    'model-style.txt': await styleSheet('model'),
  }
  await writeAll(built, texts)
  await writeAll(assets, documents(await styleSheet('document')))
}

async function writeAll(folder: URL, texts: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(texts)) {
    const file = new URL(name, folder)
    await mkdir(new URL('.', file), { recursive: true })
    await write(file, text)
  }
}

/** The parts of the style in the order in which they override each other. */
async function styleSheet(...parts: readonly string[]): Promise<string> {
  const texts = parts.map((name) => readFile(new URL(`style/${name}.css`, browser), 'utf8'))
  return (await Promise.all(texts)).join('')
}

/** Writes a file whole, and only when its text is new. A reader never sees half of it, and a watcher is not woken. */
async function write(file: URL, text: string): Promise<void> {
  if ((await readFile(file, 'utf8').catch(() => undefined)) === text) return
  const partial = new URL(`${file.href}.${process.pid}`)
  await writeFile(partial, text)
  await rename(partial, file)
}

if (import.meta.main) {
  await build().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  })
}
