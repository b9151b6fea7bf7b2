import { registerHooks } from 'node:module'

/** What the Worker imports beside its code: texts that do not matter here, and JSON as bundlers have it. */
export function bringTexts(): void {
  registerHooks({
    load(url, context, next) {
      if (url.endsWith('.txt')) {
        return { format: 'module', source: `export default ''`, shortCircuit: true }
      }
      if (!url.endsWith('package.json')) return next(url, context)
      return { format: 'module', source: `export const version = '0.0.0'`, shortCircuit: true }
    },
  })
}
