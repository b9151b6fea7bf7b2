import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

// Wrangler would ask a server of Cloudflare's where in the world this machine is.
process.env['CLOUDFLARE_CF_FETCH_ENABLED'] ??= 'false'

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'node', isolate: true, include: ['test/**/*.test.ts'] } },
      {
        plugins: [cloudflareTest({ wrangler: { configPath: './wrangler.jsonc' } })],
        test: { name: 'workerd', isolate: true, include: ['src/**/*.test.ts'] },
      },
    ],
  },
})
