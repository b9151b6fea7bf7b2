import { defineConfig } from 'vitest/config'

// For Stryker, which breaks the modules one by one: what needs no build and no other program but git.
export default defineConfig({
  test: {
    isolate: false,
    include: ['src/**/*.test.ts', 'test/{fixture,renovate,sarif}.test.ts'],
  },
})
