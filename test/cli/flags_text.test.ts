import { expect, it } from 'vitest'
import { flagsText } from '../../src/cli/flags_text.ts'
import { runFlags } from '../../src/cli/run_flags.ts'

const presets = Object.fromEntries(
  Object.entries(runFlags).map(([name, flag]) => [name, flag.default]),
)

// Recorded from Alloy 1.18, with all flags left out.
const recorded = `cluster.advertise-address=
cluster.advertise-interfaces=[eth0,en0]
cluster.discover-peers=
cluster.enable-tls=false
cluster.enabled=false
cluster.join-addresses=
cluster.max-join-peers=5
cluster.name=
cluster.node-name=
cluster.rejoin-interval=1m0s
cluster.tls-ca-path=
cluster.tls-cert-path=
cluster.tls-key-path=
cluster.tls-server-name=
cluster.use-discovery-v1=false
cluster.wait-for-size=0
cluster.wait-timeout=0s
config.bypass-conversion-errors=false
config.extra-args=
config.format=alloy
disable-reporting=false
feature.community-components.enabled=false
feature.component-shutdown-deadline=10m0s
feature.prometheus.direct-fanout.enabled=false
feature.prometheus.metric-validation-scheme=false
help=false
server.http.disable-support-bundle=false
server.http.enable-graphql=false
server.http.enable-graphql-playground=false
server.http.enable-pprof=true
server.http.listen-addr=127.0.0.1:12345
server.http.memory-addr=alloy.internal:12345
server.http.ui-path-prefix=/
stability.level="generally-available"
storage.path=data-alloy/`

it('flags are listed as recorded, ours among them', () => {
  const lines = flagsText(presets).split('\n')
  const upstream = recorded.split('\n')
  expect(lines.filter((line) => upstream.includes(line))).toEqual(upstream)
  expect(lines).toContain('reload.mode=partial')
  expect(lines).toContain('remote-write.memory-limit=64MiB')
  expect(lines).toContain('watch=false')
})

it.each([
  ['cluster.wait-timeout', { text: '90s', value: 90_000 }, 'cluster.wait-timeout=1m30s'],
  ['watch', true, 'watch=true'],
  ['cluster.advertise-interfaces', 'a', 'cluster.advertise-interfaces=[a]'],
])('--%s is printed as Go does', (name, value, line) => {
  expect(flagsText({ ...presets, [name]: value }).split('\n')).toContain(line)
})
