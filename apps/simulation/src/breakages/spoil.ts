import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Breakage } from './breakages.ts'

/** From now on, whoever imports those files of the API gets them spoiled. */
export function spoil({ more = [], ...first }: Breakage): void {
  const edits = [first, ...more]
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context)
      const edit = edits.find(({ file }) => url.endsWith(`/apps/api/src/${file}`))
      if (!edit) return loaded
      const [before, after, ...others] = readFileSync(fileURLToPath(url), 'utf8').split(edit.from)
      if (before === undefined || after === undefined || others.length > 0) {
        throw new Error(`${edit.file} does not hold this line once: ${edit.from}`)
      }
      return { ...loaded, source: before + edit.to + after }
    },
  })
}
