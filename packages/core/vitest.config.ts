import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

const include = ['src/**/*.test.ts']
/** Nothing that works needs so long: only what hangs. */
const hangs = { testTimeout: 60_000, hookTimeout: 60_000 }

// Wrangler would ask a server of Cloudflare's where in the world this machine is.
process.env['CLOUDFLARE_CF_FETCH_ENABLED'] ??= 'false'

export default defineConfig({
  test: {
    // No module of core keeps state that one test file could leave to another.
    isolate: false,
    projects: [
      { test: { name: 'node', include: [...include, '{memory,packed}/*.test.ts'], ...hangs } },
      {
        plugins: [cloudflareTest({ miniflare: { compatibilityDate: '2026-11-01' } })],
        test: { name: 'workerd', include, ...hangs },
      },
    ],
  },
})
