import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

// Wrangler would ask a server of Cloudflare's where in the world this machine is.
process.env['CLOUDFLARE_CF_FETCH_ENABLED'] ??= 'false'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          isolate: true,
          include: ['test/**/*.test.ts'],
          // A Worker that starts: a busy machine needs its time.
          hookTimeout: 60_000,
          testTimeout: 60_000,
        },
      },
      {
        plugins: [cloudflareTest({ wrangler: { configPath: './wrangler.jsonc' } })],
        test: {
          name: 'workerd',
          isolate: true,
          include: ['src/**/*.test.ts'],
          testTimeout: 60_000,
        },
      },
    ],
  },
})
