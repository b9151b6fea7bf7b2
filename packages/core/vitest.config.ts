import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

const include = ['src/**/*.test.ts']

export default defineConfig({
  test: {
    reporters: ['default', ['json', { outputFile: 'test-results.json' }]],
    projects: [
      { test: { name: 'node', include: [...include, 'test/**/*.test.ts'] } },
      {
        plugins: [cloudflareTest({ miniflare: { compatibilityDate: '2026-11-01' } })],
        test: { name: 'workerd', include },
      },
    ],
  },
})
