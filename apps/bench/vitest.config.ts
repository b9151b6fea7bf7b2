import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // Servers under load: a busy machine needs its time.
    hookTimeout: 60_000,
    testTimeout: 120_000,
  },
})
