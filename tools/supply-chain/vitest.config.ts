import { defineConfig } from 'vitest/config'

// Starts programs: a busy machine needs its time.
export default defineConfig({ test: { include: ['test/*.test.ts'], testTimeout: 60_000 } })
