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
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**'],
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
        test: {
          // The outages of the e2e tests at full length, and damage without end.
          name: 'soak',
          include: ['test/e2e/outage.test.ts', 'test/fuzz.test.ts'],
          env: { ALLOYTS_OUTAGE_MS: '60000', ALLOYTS_FUZZ_RUNS: '100000' },
          testTimeout: 600_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
