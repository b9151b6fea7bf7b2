import { defineConfig } from 'vitest/config'

// For Stryker, which breaks the modules one by one: what needs no build and no other program but git.
export default defineConfig({
  test: {
    isolate: false,
    // Stryker sets one for each test, from how long it took.
    testTimeout: 60_000,
    include: ['src/**/*.test.ts', 'test/{renovate,sarif}.test.ts'],
  },
})
