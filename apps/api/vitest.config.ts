import { fileURLToPath } from 'node:url'
import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

// Wrangler would ask a server of Cloudflare's where in the world this machine is.
process.env['CLOUDFLARE_CF_FETCH_ENABLED'] ??= 'false'
// It would also warn that the deployed Worker's secret is missing here.
process.env['ANTHROPIC_API_KEY'] = 'stand-in-key'

const configPath = fileURLToPath(new URL('../../wrangler.jsonc', import.meta.url))

export default defineConfig({
  test: {
    projects: [
      './vitest.unit.config.ts',
      {
        test: {
          name: 'node',
          isolate: true,
          include: ['test/**/!(*.worker).test.ts'],
          env: { ANTHROPIC_API_KEY: '' }, // what a test starts here must not take it for a real one
          globalSetup: ['test/started/bundle.ts'],
          setupFiles: ['test/started/check-answers.ts'],
          // Processes, thousands of requests and a browser: a busy machine needs its time.
          hookTimeout: 60_000,
          testTimeout: 120_000,
          expect: { poll: { timeout: 60_000 } },
        },
      },
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath },
            miniflare: {
              bindings: {
                ANTHROPIC_API_KEY: 'stand-in-key',
                ANTHROPIC_BASE_URL: 'https://upstream.test',
              },
              // The tests put an upstream in the place of `fetch`: nothing may get past it.
              outboundService: ({ url }) => {
                throw new Error(`unexpected request to ${url}`)
              },
            },
          }),
        ],
        test: {
          name: 'workerd',
          include: ['test/**/*.worker.test.ts'],
          globalSetup: ['build.ts'],
          hookTimeout: 60_000,
          testTimeout: 60_000,
        },
      },
    ],
  },
})
