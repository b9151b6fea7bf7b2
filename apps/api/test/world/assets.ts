import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Assets } from '../../src/platform/bindings.ts'

const folder = join(import.meta.dirname, '../../released')

/** The static assets as they are deployed. */
export const released: Assets = {
  async fetch(url) {
    const file = join(folder, new URL(url).pathname)
    const text = await readFile(file, 'utf8').catch(() => null)
    return new Response(text, { status: text === null ? 404 : 200 })
  },
}
