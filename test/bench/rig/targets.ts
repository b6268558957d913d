// Fake targets of the end-to-end bench, in a process of their own: one listener, a path for each
// target, bodies rendered and gzipped once. Prints its port when it listens.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'

const [targets = 50, seriesPerTarget = 1000] = process.argv.slice(2).map(Number)
const variants = 4

/** Go prints large floats with an exponent, so that is what real pages are made of. */
function value(seed: number): string {
  const x = (Math.imul(seed, 2_654_435_761) >>> 0) / 7
  return seed % 3 === 0 ? x.toExponential(9).replace('e+', 'e+0') : String(Math.floor(x) % 100_000)
}

function body(target: number, variant: number): Buffer {
  const lines: string[] = []
  for (let i = 0; i < seriesPerTarget; i++) {
    const v = value(i * variants + variant + target)
    if (i % 20 === 0)
      lines.push(`# HELP bench_family_${i} Of the bench.`, `# TYPE bench_family_${i} gauge`)
    const pod = `workload-${target}-${i % 17}`
    lines.push(
      `bench_family_${i - (i % 20)}{namespace="bench",pod="${pod}",container="main",` +
        `handler="/api/v1/things/${i}",code="${200 + (i % 5)}",le="${(i % 12) * 0.25}"} ${v}`,
    )
  }
  return gzipSync(`${lines.join('\n')}\n`, { level: 1 })
}

const pages = Array.from({ length: targets }, (_, target) =>
  Array.from({ length: variants }, (_, variant) => body(target, variant)),
)
let turn = 0

const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
  const target = Number(request.url?.split('/')[2]) || 0
  const page = pages[target]?.[turn++ % variants]
  response.writeHead(200, {
    'content-type': 'text/plain; version=0.0.4; charset=utf-8',
    'content-encoding': 'gzip',
    'content-length': page?.length ?? 0,
  })
  response.end(page)
})
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
