import { registerHooks } from 'node:module'

// GitHub starts this from the tag alone: nothing is installed and nothing was built. Its Node reads
// TypeScript, and `core` is imported from where it lies.

const core = new URL('../../packages/core/src/index.ts', import.meta.url).href
registerHooks({
  resolve: (name, context, next) =>
    name === '@models-edge/core' ? { url: core, shortCircuit: true } : next(name, context),
})

const { runAction } = await import('./src/action.ts')
const { processWorld } = await import('./src/process-world.ts')
process.exitCode = await runAction(processWorld())
