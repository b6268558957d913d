// Benchmarks: a case against a plain way to do the same, in rounds that alternate, so that a machine
// that changes its speed changes both. Read the ratio; the absolute figures belong to the machine.

/** One measured thing. */
export interface Bench {
  /** `wire/parse text`. */
  readonly name: string
  /** What a run works through: `sample`, `line`, `byte`. */
  readonly unit: string
  /** Units in one run. */
  readonly count: number
  /** Does the work once. */
  run(): unknown
  /** The plain way, on the same input. */
  readonly baseline?: {
    readonly name: string
    run(): unknown
  }
}

export interface Measured {
  readonly name: string
  /** CPU time of one unit, all threads and garbage collection included. */
  readonly nsPerUnit: number
  readonly baselineNsPerUnit?: number
}

const rounds = 7
const roundMs = 120

/** Median CPU time per unit of some rounds. */
export function measure(bench: Bench): Measured {
  const runs: number[] = []
  const baselineRuns: number[] = []
  const repeats = repeatsFor(bench.run)
  const baselineRepeats = bench.baseline === undefined ? 0 : repeatsFor(bench.baseline.run)
  for (let round = 0; round < rounds; round++) {
    runs.push(cpuNs(bench.run, repeats) / repeats / bench.count)
    if (bench.baseline === undefined) continue
    baselineRuns.push(cpuNs(bench.baseline.run, baselineRepeats) / baselineRepeats / bench.count)
  }
  return {
    name: bench.name,
    nsPerUnit: median(runs),
    ...(baselineRuns.length > 0 && { baselineNsPerUnit: median(baselineRuns) }),
  }
}

export function report(bench: Bench, { nsPerUnit, baselineNsPerUnit }: Measured): string {
  const perSecond = (1e9 / nsPerUnit).toPrecision(3)
  const speed = `${nsPerUnit.toFixed(1).padStart(9)} ns/${bench.unit}`
  const rate = `${Number(perSecond).toLocaleString('en')} ${bench.unit}s/s`
  const ratio =
    baselineNsPerUnit === undefined
      ? ''
      : `${(baselineNsPerUnit / nsPerUnit).toFixed(2)} x ${bench.baseline!.name}`
  return `${bench.name.padEnd(34)}${speed}  ${rate.padStart(28)}  ${ratio}`
}

/** How often a run fills a round, once it is warm. */
function repeatsFor(run: () => unknown): number {
  for (const end = performance.now() + roundMs; performance.now() < end; ) run()
  let repeats = 1
  while (cpuNs(run, repeats) < roundMs * 1e6) repeats *= 2
  return repeats
}

function cpuNs(run: () => unknown, repeats: number): number {
  const before = process.cpuUsage()
  for (let i = 0; i < repeats; i++) run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) * 1000
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!
}
