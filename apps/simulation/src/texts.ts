import { registerHooks } from 'node:module'

/** What the Worker imports beside its code: texts that do not matter here, and JSON as bundlers have it. */
export function bringTexts(): void {
  registerHooks({
    // They need not be there: a build makes them.
    resolve(specifier, context, next) {
      if (!specifier.endsWith('.txt')) return next(specifier, context)
      return { url: new URL(specifier, context.parentURL).href, shortCircuit: true }
    },
    load(url, context, next) {
      if (url.endsWith('.txt')) {
        return { format: 'module', source: `export default ''`, shortCircuit: true }
      }
      if (!url.endsWith('package.json')) return next(url, context)
      return { format: 'module', source: `export const version = '0.0.0'`, shortCircuit: true }
    },
  })
}
