// duplicate-listener

import type { Lint } from './lint.ts'
import { attributeOf, type BlockSite, settingOf, textOf } from './visit.ts'

export const duplicateListener: Lint = {
  code: 'duplicate-listener',
  severity: 'error',
  summary: 'Two components listen on one port, so that one of them cannot.',
  check({ blocks }, report) {
    const taken: Listener[] = []
    for (const listener of blocks.flatMap(listenersOf)) {
      const other = taken.find((each) => collide(each, listener))
      taken.push(listener)
      if (other === undefined) continue
      const { block, node } = other.site
      const where = block === node.block ? node.id : `${node.id} (${block.name})`
      const { site, field, protocol, port } = listener
      const span = attributeOf(site.block, field)?.span ?? site.block.nameSpan
      report(span, `${where} listens on ${protocol} port ${port} already`)
    }
  },
}

interface Listener {
  readonly site: BlockSite
  /** Where the port is written, where it is. */
  readonly field: string
  readonly protocol: 'tcp' | 'udp'
  /** Empty for all addresses. */
  readonly host: string
  readonly port: number
}

const httpServers: ReadonlySet<string> = new Set([
  'loki.source.api',
  'loki.source.awsfirehose',
  'loki.source.gcplog',
  'loki.source.heroku',
  'prometheus.receive_http',
  'pyroscope.receive_http',
])

const endpointServers =
  /^otelcol\.(?:receiver\.(?:datadog|faro|fluentforward|influxdb|jaeger|otlp|splunkhec|zipkin)|extension\.jaeger_remote_sampling)$/

function listenersOf(site: BlockSite): readonly Listener[] {
  const { node, path } = site
  const last = path.at(-1) ?? ''
  const name = node.block.name
  if (httpServers.has(name) && (last === 'http' || last === 'grpc')) return byPort(site)
  if (name === 'faro.receiver' && last === 'server') return byPort(site)
  if (endpointServers.test(name) && last !== 'source' && last !== 'remote') {
    const isUdp = last === 'thrift_binary' || last === 'thrift_compact'
    return byAddress(site, 'endpoint', isUdp ? 'udp' : 'tcp')
  }
  switch (name) {
    case 'otelcol.receiver.syslog':
      return byAddress(site, 'listen_address', last === 'udp' ? 'udp' : 'tcp')
    case 'otelcol.receiver.tcplog':
      return byAddress(site, 'listen_address', 'tcp')
    case 'loki.source.gelf':
      return byAddress(site, 'listen_address', 'udp')
    case 'loki.source.syslog': {
      const isUdp = textOf(settingOf(site, 'protocol').value) === 'udp'
      return byAddress(site, 'address', isUdp ? 'udp' : 'tcp')
    }
    case 'prometheus.exporter.statsd':
      return [...byAddress(site, 'listen_udp', 'udp'), ...byAddress(site, 'listen_tcp', 'tcp')]
    default:
      return []
  }
}

function byPort(site: BlockSite): readonly Listener[] {
  const { value } = settingOf(site, 'listen_port')
  const port = typeof value === 'bigint' ? Number(value) : 0
  const address = settingOf(site, 'listen_address')
  const host = address.attribute === undefined ? '' : textOf(address.value)
  // Port 0 is any that is free.
  if (port === 0 || host === undefined) return []
  return [{ site, field: 'listen_port', protocol: 'tcp', host: hostOf(host), port }]
}

function byAddress(site: BlockSite, field: string, protocol: 'tcp' | 'udp'): readonly Listener[] {
  const address = textOf(settingOf(site, field).value) ?? ''
  const [, host = '', port = '0'] = /^(.*):(\d+)$/.exec(address) ?? []
  if (port === '0') return []
  return [{ site, field, protocol, host: hostOf(host), port: Number(port) }]
}

function hostOf(written: string): string {
  if (['0.0.0.0', '[::]', '::'].includes(written)) return ''
  return written === 'localhost' ? '127.0.0.1' : written
}

function collide(a: Listener, b: Listener): boolean {
  if (a.protocol !== b.protocol || a.port !== b.port) return false
  return a.host === b.host || a.host === '' || b.host === ''
}
