import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Texts that the Worker imports: none of them matters here.
  plugins: [
    {
      name: 'texts',
      enforce: 'pre',
      load: (id) => (id.endsWith('.txt') ? `export default ''` : undefined),
    },
  ],
  test: {
    include: ['test/**/*.test.ts'],
    // Some seconds of work: a busy machine needs its time.
    testTimeout: 120_000,
  },
})
