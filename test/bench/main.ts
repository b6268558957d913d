// Runs benchmarks. Usage: npm run bench [-- part of a name …]

import { type Bench, measure, report } from './harness.ts'

const files: readonly (() => Promise<{ benches(): Iterable<Bench> }>)[] = [
  () => import('./wire.ts'),
]

const wanted = process.argv.slice(2)

for (const load of files) {
  for (const bench of (await load()).benches()) {
    if (wanted.length > 0 && !wanted.some((part) => bench.name.includes(part))) continue
    console.log(report(bench, measure(bench)))
  }
}
