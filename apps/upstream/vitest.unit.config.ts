import { defineConfig } from 'vitest/config'

// For Stryker, which breaks the modules one by one: the unit tests alone, and in Node alone.
export default defineConfig({ test: { isolate: false, include: ['src/**/*.test.ts'] } })
