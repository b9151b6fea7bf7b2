import { defineConfig } from 'vitest/config'

// Wrangler would ask a server of Cloudflare's where in the world this machine is.
process.env['CLOUDFLARE_CF_FETCH_ENABLED'] ??= 'false'

export default defineConfig({
  test: {
    projects: [
      './vitest.unit.config.ts',
      {
        test: {
          name: 'node',
          isolate: true,
          include: ['test/**/*.test.ts'],
          env: { ANTHROPIC_API_KEY: '' }, // what a test starts here must not take it for a real one
          globalSetup: ['test/started/bundle.ts'],
          setupFiles: ['test/started/check-answers.ts'],
          // Processes, thousands of requests and a browser: a busy machine needs its time.
          hookTimeout: 60_000,
          testTimeout: 120_000,
          expect: { poll: { timeout: 60_000 } },
        },
      },
    ],
  },
})
