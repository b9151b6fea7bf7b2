import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

// A test beside each module, in Node alone. Stryker, which breaks the modules one by one, takes only these.
export default defineConfig({
  // Texts that the Worker imports, as wrangler would bring them along.
  plugins: [{ name: 'texts', enforce: 'pre', load: textModule }],
  test: {
    name: 'unit',
    isolate: false,
    include: ['src/**/*.test.ts'],
    globalSetup: ['build.ts'],
    // Nothing that works needs so long, on the busiest machine: only what hangs.
    testTimeout: 60_000,
  },
})

function textModule(id: string): string | undefined {
  return id.endsWith('.txt')
    ? `export default ${JSON.stringify(readFileSync(id, 'utf8'))}`
    : undefined
}
