import { createSocket } from 'node:dgram'
import { expect, it } from 'vitest'
import {
  addAnswer,
  ask,
  ntp,
} from '../../../../../../src/components/prometheus/exporter/unix/collectors/ntp.ts'
import { MetricPage } from '../../../../../../src/wire/exposition/metric_page.ts'
import { samplesOf, unixArguments } from '../../../../../support/unix_tree.ts'

const epochOffsetSeconds = 2_208_988_800
const nowSeconds = 1_795_527_000

interface Server {
  readonly leap?: number
  readonly stratum?: number
  readonly reference?: number
  readonly arrived?: number
}

function packetOf({
  arrived = nowSeconds,
  leap = 0,
  reference = nowSeconds - 16,
  stratum = 2,
}: Server) {
  const packet = Buffer.alloc(48)
  packet[0] = (leap << 6) | (4 << 3) | 4
  packet[1] = stratum
  packet.writeInt32BE(65_536 / 4, 4)
  packet.writeUInt32BE(65_536 / 8, 8)
  const write = (at: number, seconds: number) => {
    packet.writeUInt32BE(Math.floor(seconds) + epochOffsetSeconds, at)
    packet.writeUInt32BE((seconds % 1) * 2 ** 32, at + 4)
  }
  write(16, reference)
  write(32, arrived)
  write(40, arrived)
  return packet
}

function samplesFor(server: Server): string[] {
  const page = new MetricPage()
  const times = { sentSeconds: nowSeconds - 0.25, receivedSeconds: nowSeconds + 0.25 }
  addAnswer(page, { packet: packetOf(server), ...times }, unixArguments().ntp)
  return page
    .text()
    .split('\n')
    .filter((line) => line.startsWith('node'))
}

it('gives what the server says and how far the clock is from it', () => {
  expect(samplesFor({})).toEqual([
    'node_ntp_leap 0',
    'node_ntp_offset_seconds 0',
    `node_ntp_reference_timestamp_seconds ${'1.795526984e+09'}`,
    'node_ntp_root_delay_seconds 0.25',
    'node_ntp_root_dispersion_seconds 0.125',
    'node_ntp_rtt_seconds 0.5',
    'node_ntp_sanity 1',
    'node_ntp_stratum 2',
  ])
})

it.each<[string, Server]>([
  ['that is not in step', { leap: 3 }],
  ['of no stratum', { stratum: 0 }],
  ['of too high a stratum', { stratum: 16 }],
  ['that was in step too long ago', { reference: nowSeconds - 1e6 }],
  ['with a reference in its future', { reference: nowSeconds + 1 }],
  ['that is too far away', { arrived: nowSeconds + 0.5 }],
])('does not trust a server %s', (_, server) => {
  expect(samplesFor(server)).toContain('node_ntp_sanity 0')
})

it('takes the answer to its own question only', async () => {
  const server = createSocket('udp4')
  await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve))
  const seen: Buffer[] = []
  server.on('message', (question, { port }) => {
    seen.push(question)
    const answer = packetOf({})
    server.send(answer, port)
    server.send('short', port)
    question.copy(answer, 24, 40, 48)
    answer[1] = 7
    server.send(answer, port)
  })
  try {
    const args = { ip_ttl: 1, protocol_version: 3, server: '127.0.0.1' }
    const { packet, receivedSeconds, sentSeconds } = await ask(args, server.address().port)
    expect([packet[1], seen.length, seen[0]?.[0]]).toEqual([7, 1, (3 << 3) | 3])
    expect(receivedSeconds).toBeGreaterThanOrEqual(sentSeconds)
  } finally {
    server.close()
  }
})

it.each([
  ['server = "192.0.2.1"', 'only IP address of local NTP server is valid'],
  ['server = "localhost"', 'only IP address of local NTP server is valid'],
  ['protocol_version = 5', 'invalid NTP protocol version 5; must be 2, 3, or 4'],
  ['ip_ttl = 256', 'invalid IP TTL 256; must be 0 to 255'],
])('refuses %s', async (block, message) => {
  await expect(samplesOf(ntp, {}, { args: `ntp {\n${block}\n}` })).rejects.toThrow(message)
})
