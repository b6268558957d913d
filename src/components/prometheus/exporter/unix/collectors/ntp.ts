// ntp: what an NTP server says, and how far the local clock is from it.
// Source of the format: RFC 5905, 48 bytes of a packet.

import { createSocket } from 'node:dgram'
import { isIP } from 'node:net'
import type { MetricPage } from '../../../../../wire/exposition/metric_page.ts'
import { type BuildCollector, gauge, type UnixArguments } from '../collector.ts'

const stratum = gauge('node_ntp_stratum', 'NTPD stratum.')
const leap = gauge('node_ntp_leap', 'NTPD leap second indicator, 2 bits.')
const rtt = gauge('node_ntp_rtt_seconds', 'RTT to NTPD.')
const offset = gauge('node_ntp_offset_seconds', 'ClockOffset between NTP and local clock.')
const referenceTime = gauge(
  'node_ntp_reference_timestamp_seconds',
  'NTPD ReferenceTime, UNIX timestamp.',
)
const rootDelay = gauge('node_ntp_root_delay_seconds', 'NTPD RootDelay.')
const rootDispersion = gauge('node_ntp_root_dispersion_seconds', 'NTPD RootDispersion.')
const sanity = gauge(
  'node_ntp_sanity',
  'NTPD sanity according to RFC5905 heuristics and configured limits.',
)

const port = 123
const packetBytes = 48
const clientMode = 3
const serverMode = 4
const timeoutMs = 5000
/** Between 1900 and 1970. */
const epochOffsetSeconds = 2_208_988_800
const leapUnknown = 3
const stratumMax = 15
/** RFC 5905: a clock drifts at most this many seconds in one. */
const driftPerSecond = 15e-6

type NtpArguments = UnixArguments['ntp']

export const ntp: BuildCollector = ({ args }) => {
  checkArguments(args.ntp)
  return {
    name: 'ntp',
    async collect(page) {
      addAnswer(page, await ask(args.ntp, port), args.ntp)
    },
  }
}

function checkArguments({ ip_ttl, protocol_version, server, server_is_local }: NtpArguments): void {
  // Servers of others are not to be asked at each scrape.
  const isLoopback = server === '::1' || (isIP(server) === 4 && server.startsWith('127.'))
  if (!isLoopback && !server_is_local) {
    throw new Error('only IP address of local NTP server is valid for --collector.ntp.server')
  }
  if (protocol_version < 2 || protocol_version > 4) {
    throw new Error(`invalid NTP protocol version ${protocol_version}; must be 2, 3, or 4`)
  }
  if (ip_ttl < 0 || ip_ttl > 255) throw new Error(`invalid IP TTL ${ip_ttl}; must be 0 to 255`)
}

export interface NtpAnswer {
  readonly packet: Buffer
  readonly sentSeconds: number
  readonly receivedSeconds: number
}

/** Rejects where there is no answer within five seconds. */
export function ask(
  {
    ip_ttl,
    protocol_version,
    server,
  }: Pick<NtpArguments, 'ip_ttl' | 'protocol_version' | 'server'>,
  toPort: number,
): Promise<NtpAnswer> {
  const socket = createSocket(isIP(server) === 6 ? 'udp6' : 'udp4')
  const question = Buffer.alloc(packetBytes)
  question[0] = (protocol_version << 3) | clientMode
  return new Promise<NtpAnswer>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`couldn't get SNTP reply: no answer within ${timeoutMs / 1000}s`))
    }, timeoutMs)
    socket.on('error', (cause) => {
      reject(new Error(`couldn't get SNTP reply: ${cause.message}`, { cause }))
    })
    socket.on('close', () => clearTimeout(timer))
    socket.connect(toPort, server, () => {
      // Zero leaves it to the system.
      if (ip_ttl > 0) socket.setTTL(ip_ttl)
      const sentSeconds = Date.now() / 1000
      const startMs = performance.now()
      writeTime(question, 40, sentSeconds)
      socket.on('message', (packet) => {
        const receivedSeconds = sentSeconds + (performance.now() - startMs) / 1000
        // A packet that does not repeat our time answers another question.
        if (packet.length < packetBytes || ((packet[0] ?? 0) & 7) !== serverMode) return
        if (packet.compare(question, 40, 48, 24, 32) !== 0) return
        resolve({ packet, sentSeconds, receivedSeconds })
      })
      socket.send(question)
    })
  }).finally(() => socket.close())
}

export function addAnswer(page: MetricPage, answer: NtpAnswer, limits: NtpArguments): void {
  const { packet, receivedSeconds, sentSeconds } = answer
  const leapBits = packet[0]! >> 6
  const level = packet[1]!
  const delaySeconds = packet.readInt32BE(4) / 65_536
  const dispersionSeconds = packet.readUInt32BE(8) / 65_536
  const reference = readTime(packet, 16)
  const arrived = readTime(packet, 32)
  const departed = readTime(packet, 40)
  const roundTrip = Math.max(0, receivedSeconds - sentSeconds - (departed - arrived))
  const difference = (arrived - sentSeconds + departed - receivedSeconds) / 2
  page.add(stratum, level)
  page.add(leap, leapBits)
  page.add(rtt, roundTrip)
  page.add(offset, difference)
  page.add(referenceTime, reference)
  page.add(rootDelay, delaySeconds)
  page.add(rootDispersion, dispersionSeconds)
  const ageSeconds = receivedSeconds - reference
  const distance = roundTrip + delaySeconds / 2 + dispersionSeconds + ageSeconds * driftPerSecond
  const isSane =
    leapBits !== leapUnknown &&
    level >= 1 &&
    level <= stratumMax &&
    reference <= departed &&
    distance * 1000 <= limits.max_distance &&
    Math.abs(difference) * 1000 <= limits.local_offset_tolerance
  page.add(sanity, isSane ? 1 : 0)
}

function writeTime(packet: Buffer, at: number, unixSeconds: number): void {
  const whole = Math.floor(unixSeconds)
  packet.writeUInt32BE((whole + epochOffsetSeconds) % 2 ** 32, at)
  packet.writeUInt32BE(Math.floor((unixSeconds - whole) * 2 ** 32), at + 4)
}

/** Seconds since 1970; those of NTP start again in 2036. */
function readTime(packet: Buffer, at: number): number {
  const whole = packet.readUInt32BE(at)
  const era = whole >= 2 ** 31 ? 0 : 2 ** 32
  return whole + era - epochOffsetSeconds + packet.readUInt32BE(at + 4) / 2 ** 32
}
