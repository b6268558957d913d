import { defineConfig } from 'vitest/config'

const define = { __ALLOYTS_VERSION__: JSON.stringify('0.0.0-test') }

export default defineConfig({
  define,
  test: {
    projects: [
      {
        define,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/soak/**'],
          testTimeout: 20_000,
        },
      },
      {
        define,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        define,
        test: { name: 'soak', include: ['test/soak/**/*.test.ts'], testTimeout: 3_600_000 },
      },
    ],
  },
})
