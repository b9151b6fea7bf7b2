import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const COMPOSE = fileURLToPath(import.meta.resolve('@models-edge/api/compose'))
const BEFORE = fileURLToPath(import.meta.resolve('./before/compose.js'))

// Keeps the code as it is now: runs deploy what comes after it, and roll back to it. Done at each release.

const bundle = await rolldown({
  input: COMPOSE,
  platform: 'neutral',
  plugins: [
    {
      name: 'texts',
      resolveId: (id) => (id.endsWith('.txt') ? id : null),
      load: (id) => (id.endsWith('.txt') ? `export default ''` : null),
    },
  ],
})
await bundle.write({ file: BEFORE, format: 'esm', minify: true })
await bundle.close()
process.stdout.write(`${BEFORE} holds the code as it is now\n`)
