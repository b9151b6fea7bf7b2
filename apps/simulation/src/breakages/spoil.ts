import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Breakage } from './breakage.ts'

/** From now on, whoever imports those files of the API gets them spoiled. Gives what checks that it was so. */
export function spoil({ more = [], ...first }: Breakage): () => void {
  const left = new Set([first, ...more])
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context)
      const edits = [...left].filter(({ file }) => url.endsWith(`/apps/api/src/${file}`))
      if (edits.length === 0) return loaded
      let source = readFileSync(fileURLToPath(url), 'utf8')
      for (const edit of edits) {
        const [before, after, ...others] = source.split(edit.from)
        if (before === undefined || after === undefined || others.length > 0) {
          throw new Error(`${edit.file} does not hold this line once: ${edit.from}`)
        }
        source = before + edit.to + after
        left.delete(edit)
      }
      return { ...loaded, source }
    },
  })
  return () => {
    for (const { file } of left) throw new Error(`Nobody has imported ${file}: nothing was broken`)
  }
}
