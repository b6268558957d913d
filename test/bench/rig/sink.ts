// A remote-write receiver of the end-to-end bench: counts the samples of some requests and answers.
// Prints its port when it listens; GET /stats gives the totals.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import snappy from 'snappyjs'

const countEvery = 10
let requests = 0
let bytes = 0
let counted = 0
let countedSamples = 0

/** How many TimeSeries messages a WriteRequest holds: field 1, length-delimited. */
function seriesIn(message: Uint8Array): number {
  let count = 0
  for (let at = 0; at < message.length; ) {
    const tag = message[at++]
    let length = 0
    for (let shift = 0; ; shift += 7) {
      const byte = message[at++] ?? 0
      length += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) break
    }
    if (tag === 0x0a) count++
    at += length
  }
  return count
}

const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
  if (request.url === '/stats') {
    response.end(JSON.stringify({ requests, bytes, counted, countedSamples }))
    return
  }
  const parts: Buffer[] = []
  request.on('data', (part) => parts.push(part))
  request.on('end', () => {
    requests++
    for (const part of parts) bytes += part.length
    if (requests % countEvery === 0) {
      counted++
      countedSamples += seriesIn(snappy.uncompress(Buffer.concat(parts)))
    }
    response.writeHead(204).end()
  })
})
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
