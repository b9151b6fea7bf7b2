import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect, inject, test } from 'vitest'
import { requireOfWrangler } from '@models-edge/testing/wrangler'

const esbuild = requireOfWrangler('esbuild') as {
  build(options: object): Promise<{ readonly outputFiles: readonly { readonly text: string }[] }>
}

function compressed(bytes: string | Uint8Array): number {
  return gzipSync(bytes, { level: 9 }).byteLength
}

test('the Worker stays under 20 kB (gzip) without the page', async () => {
  const { outputFiles } = await esbuild.build({
    entryPoints: [fileURLToPath(new URL('../../src/index.ts', import.meta.url))],
    external: ['./page/*', '*.txt', 'cloudflare:workers'],
    bundle: true,
    format: 'esm',
    minify: true,
    write: false,
  })
  const size = compressed(outputFiles[0]!.text)
  process.stdout.write(`the Worker without the page: ${size} bytes (gzip)\n`)
  expect(size).toBeLessThan(20_000)
  expect(size).toBeGreaterThan(8_000) // less would be something else than the Worker
})

test('with the page, the widget and the contract, it stays under 39 kB', async () => {
  const folder = inject('bundle')
  const modules = (await readdir(folder)).filter((name) => /\.(js|txt)$/.test(name))
  expect(modules).toHaveLength(6)
  const sizes = await Promise.all(
    modules.map(async (name) => compressed(await readFile(join(folder, name)))),
  )
  const size = sizes.reduce((one, other) => one + other)
  process.stdout.write(`the Worker with all that it serves: ${size} bytes (gzip)\n`)
  expect(size).toBeLessThan(39_000)
})
