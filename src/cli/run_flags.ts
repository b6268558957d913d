// The flags of `run`: upstream's, by their names and defaults, and a few of our own.

import { boolean, string } from '@oclif/core/flags'
import { converterFlags, converterNotes } from './converter_flags.ts'
import { CommandLineError } from './failure.ts'
import { featureFlags } from './features.ts'
import { bytesFlag, durationFlag, intFlag } from './go_flags.ts'
import { notAvailable } from './manual.ts'

const clusterFlags = {
  'cluster.advertise-address': string({
    description: 'Address to advertise to the cluster',
    default: '',
  }),
  'cluster.advertise-interfaces': string({
    description: 'List of interfaces used to infer an address to advertise',
    helpValue: 'strings',
    default: 'eth0,en0',
  }),
  'cluster.discover-peers': string({
    description: 'List of key-value tuples for discovering peers',
    default: '',
  }),
  'cluster.enable-tls': boolean({
    description: 'Specifies whether TLS should be used for communication between peers',
  }),
  'cluster.enabled': boolean({ description: 'Start in clustered mode' }),
  'cluster.join-addresses': string({
    description: 'Comma-separated list of addresses to join the cluster at',
    default: '',
  }),
  'cluster.max-join-peers': intFlag(
    'cluster.max-join-peers',
    { description: 'Number of peers to join from the discovered set' },
    '5',
  ),
  'cluster.name': string({ description: 'The name of the cluster to join', default: '' }),
  'cluster.node-name': string({ description: 'The name to use for this node', default: '' }),
  'cluster.rejoin-interval': durationFlag(
    'cluster.rejoin-interval',
    { description: 'How often to rejoin the list of peers' },
    '1m0s',
  ),
  'cluster.tls-ca-path': string({ description: 'Path to the CA certificate file', default: '' }),
  'cluster.tls-cert-path': string({ description: 'Path to the certificate file', default: '' }),
  'cluster.tls-key-path': string({ description: 'Path to the key file', default: '' }),
  'cluster.tls-server-name': string({
    description: 'Server name to use for TLS communication',
    default: '',
  }),
  'cluster.use-discovery-v1': boolean({ description: 'Has no effect.', hidden: true }),
  'cluster.wait-for-size': intFlag('cluster.wait-for-size', {
    description:
      'Wait for the cluster to reach the specified number of instances before allowing ' +
      'components that use clustering to begin processing. Zero means disabled',
  }),
  'cluster.wait-timeout': durationFlag('cluster.wait-timeout', {
    description:
      'Maximum duration to wait for minimum cluster size before proceeding with available nodes. ' +
      'Zero means wait forever, no timeout',
  }),
}

const serverFlags = {
  'server.http.disable-support-bundle': boolean({
    description: 'Disable /-/support support bundle retrieval.',
  }),
  'server.http.enable-graphql': boolean({ description: 'Enable the GraphQL API' }),
  'server.http.enable-graphql-playground': boolean({
    description: 'Enable the GraphQL playground UI (/graphql/playground)',
  }),
  'server.http.enable-pprof': boolean({
    description: 'Enable /debug/pprof profiling endpoints.',
    default: true,
    allowNo: true,
  }),
  'server.http.listen-addr': string({
    description: 'Address to listen for HTTP traffic on',
    default: '127.0.0.1:12345',
  }),
  'server.http.memory-addr': string({
    description:
      'Address to listen for in-memory HTTP traffic on. Change if it collides with a real address',
    default: 'alloy.internal:12345',
  }),
  'server.http.ui-path-prefix': string({
    description: 'Prefix to serve the HTTP UI at',
    default: '/',
  }),
}

export const runFlags = {
  ...clusterFlags,
  ...converterFlags,
  ...featureFlags,
  ...serverFlags,
  'disable-reporting': boolean({
    description: 'Disable reporting of enabled components to Grafana.',
  }),
  'feature.component-shutdown-deadline': durationFlag(
    'feature.component-shutdown-deadline',
    {
      description:
        'Maximum duration to wait for a component to shut down before giving up and logging an ' +
        'error',
    },
    '10m0s',
  ),
  'feature.prometheus.direct-fanout.enabled': boolean({
    description:
      'Enable experimental direct fanout for metric forwarding without a global label store',
  }),
  'feature.prometheus.metric-validation-scheme': boolean({
    description: 'Has no effect.',
    hidden: true,
  }),
  'log-buffer.memory-limit': bytesFlag(
    'log-buffer.memory-limit',
    { description: 'Memory for the last lines of the log, which the API shows; 0 keeps none' },
    '1MiB',
  ),
  'reload.mode': string({
    description:
      'What a reload with errors does. Supported values: partial (what can be applied is ' +
      'applied), atomic (nothing is applied)',
    default: 'partial',
  }),
  'remote-write.memory-limit': bytesFlag(
    'remote-write.memory-limit',
    {
      description:
        'Memory for samples that one prometheus.remote_write has yet to send, and for the label ' +
        'sets that only they keep',
    },
    '64MiB',
  ),
  'scrape.max-body': bytesFlag(
    'scrape.max-body',
    { description: 'Largest body of a scrape, uncompressed' },
    '256MiB',
  ),
  'storage.path': string({
    description: 'Base directory where components can store data',
    default: 'data-alloy/',
  }),
  tui: boolean({ description: 'Watch it in the terminal, as with the command tui' }),
  watch: boolean({ description: 'Reload when the files of the configuration change' }),
}

type Values = Readonly<Record<string, unknown>>

/** Usable at stability experimental only. */
const experimental = [
  'server.http.enable-graphql',
  'server.http.enable-graphql-playground',
  'feature.prometheus.direct-fanout.enabled',
]

const deprecated = ['cluster.use-discovery-v1', 'feature.prometheus.metric-validation-scheme']

/** What works for these is not there yet, so that any but the default is refused. */
const unavailable = [
  'feature.prometheus.direct-fanout.enabled',
  ...Object.keys(clusterFlags).filter((name) => !deprecated.includes(name)),
]

/** For the man page. */
export const runNotes: Readonly<Record<string, string>> = {
  ...converterNotes,
  ...Object.fromEntries(unavailable.map((name) => [name, notAvailable])),
  'disable-reporting': 'alloyts reports nothing, with or without it.',
  'reload.mode':
    'atomic decodes and checks every block before anything is touched. Where a component refuses ' +
    'its arguments later, all get again what they had, and /-/reload answers 400.',
  'server.http.enable-graphql-playground': 'Needs --server.http.enable-graphql.',
  tui:
    'The log is held back meanwhile, but for what can be seen there. Quitting ends the program. ' +
    'It asks without credentials and without TLS: where those are needed, run `alloyts tui` ' +
    'beside it.',
  watch:
    'Changes are taken together until none came for half a second. Imported files are watched by ' +
    'the imports, with or without it.',
}

/** Throws a CommandLineError where a flag asks for what may or can not be used. */
export function checkRunFlags(flags: Values): void {
  for (const name of experimental) {
    if (flags[name] !== true || flags['stability.level'] === 'experimental') continue
    throw new CommandLineError(
      `'--${name}' can only be used at experimental stability level. Use ` +
        '--stability.level=experimental to enable.',
    )
  }
  const mode = String(flags['reload.mode'] ?? 'partial')
  if (mode !== 'partial' && mode !== 'atomic') {
    throw new CommandLineError(
      `invalid argument ${JSON.stringify(mode)} for "--reload.mode" flag: ` +
        'must be one of partial, atomic',
    )
  }
  const presets: Readonly<Record<string, { readonly default?: unknown }>> = runFlags
  for (const name of unavailable) {
    const preset = presets[name]?.default ?? false
    if (textOf(flags[name] ?? preset) === textOf(preset)) continue
    throw new CommandLineError(`--${name} is not available in alloyts yet`)
  }
}

function textOf(value: unknown): string {
  const isWritten = typeof value === 'object' && value !== null && 'text' in value
  return String(isWritten ? value.text : value)
}

/** What Go's flag library prints for flags that are given although they do nothing any more. */
export function deprecationWarnings(flags: Values): string[] {
  return deprecated
    .filter((name) => flags[name] === true)
    .map((name) => {
      return `Flag --${name} has been deprecated, This flag is deprecated and has no effect.\n`
    })
}
