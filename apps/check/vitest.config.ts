import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // Nothing that works needs so long: only what hangs.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
