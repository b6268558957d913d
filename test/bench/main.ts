// Runs benchmarks. Usage: npm run bench [-- part of a name …]
// `end to end` takes a minute and wants the machine for itself.

import { type EndToEnd, endToEnd } from './end_to_end.ts'
import { type Bench, measure, report } from './harness.ts'

const files: readonly (() => Promise<{ benches(): Iterable<Bench> }>)[] = [
  () => import('./wire.ts'),
  () => import('./relabel.ts'),
  () => import('./live_debug.ts'),
]

const wanted = process.argv.slice(2)

function isWanted(name: string): boolean {
  return wanted.length === 0 || wanted.some((part) => name.includes(part))
}

function describe({ cpuSecondsPerMillion, samplesPerSecond, rssMb }: EndToEnd): string {
  const cpu = `${cpuSecondsPerMillion.toFixed(2)} CPU s per million samples`
  return `${cpu}, ${Math.round(samplesPerSecond)} samples/s, ${Math.round(rssMb)} MB`
}

for (const load of files) {
  for (const bench of (await load()).benches()) {
    if (isWanted(bench.name)) console.log(report(bench, measure(bench)))
  }
}

if (isWanted('end to end')) {
  try {
    const { ours, plain } = await endToEnd()
    const ratio = plain.cpuSecondsPerMillion / ours.cpuSecondsPerMillion
    console.log(`end to end, alloyts: ${describe(ours)}`)
    console.log(`end to end, plain:   ${describe(plain)}  ${ratio.toFixed(2)} x plain`)
  } catch (error) {
    console.error('end to end could not be measured:', error)
    process.exitCode = 1
  }
}
