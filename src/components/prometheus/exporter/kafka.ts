// prometheus.exporter.kafka: collects metrics of topics and consumer groups from Kafka brokers.

import { target } from '../../../model/targets.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, int, secret, string } from '../../../schema/scalars.ts'
import { optional, schema } from '../../../schema/schema.ts'

const componentArguments = schema(
  {
    instance: optional(
      string,
      '',
      'Label `instance` of the target; empty: the broker, where there is one alone.',
    ),
    kafka_uris: optional(list(string), [], 'Brokers to ask first, as host:port.'),
    use_sasl: optional(bool, false, 'Whether the connection logs in by SASL.'),
    use_sasl_handshake: optional(
      bool,
      true,
      'Whether the SASL handshake is sent first; some proxies want none.',
    ),
    sasl_username: optional(string, '', 'User name of SASL.'),
    sasl_password: optional(secret, undefined, 'Password of SASL.'),
    sasl_mechanism: optional(
      string,
      '',
      'Mechanism: plain, scram-sha256, scram-sha512, gssapi, awsiam; empty: plain.',
    ),
    sasl_disable_pafx_fast: optional(
      bool,
      false,
      'Whether Kerberos pre-authentication by FAST is off.',
    ),
    use_tls: optional(bool, false, 'Whether the connection uses TLS.'),
    tls_server_name: optional(string, '', 'Name to expect in the certificate of the brokers.'),
    ca_file: optional(string, '', 'File with the certificates of the authorities to trust.'),
    cert_file: optional(string, '', 'File with the certificate of this client.'),
    key_file: optional(string, '', 'File with the private key of this client.'),
    insecure_skip_verify: optional(bool, false, 'Whether any certificate of a broker is accepted.'),
    kafka_version: optional(string, '2.0.0', 'Version of Kafka whose protocol is spoken.'),
    use_zookeeper_lag: optional(
      bool,
      false,
      'Whether lag of consumers that keep offsets in ZooKeeper is exported.',
    ),
    zookeeper_uris: optional(list(string), [], 'ZooKeeper hosts to ask for that lag.'),
    kafka_cluster_name: optional(string, '', 'Name of the cluster, for a label.'),
    metadata_refresh_interval: optional(
      string,
      '1m',
      'Time from one look at the topics to the next.',
    ),
    gssapi_service_name: optional(string, '', 'Kerberos service name of the brokers.'),
    gssapi_kerberos_config_path: optional(string, '', 'File with the Kerberos settings.'),
    gssapi_realm: optional(string, '', 'Kerberos realm.'),
    gssapi_key_tab_path: optional(string, '', 'Kerberos keytab file.'),
    gssapi_kerberos_auth_type: optional(
      string,
      '',
      'How Kerberos logs in: keytabAuth or userAuth.',
    ),
    offset_show_all: optional(bool, true, 'Whether groups without members are exported too.'),
    topic_workers: optional(int, 100, 'Topics that are asked for at the same time.'),
    allow_concurrency: optional(
      bool,
      true,
      'Whether scrapes at the same time each ask Kafka, rather than share an answer.',
    ),
    allow_auto_topic_creation: optional(bool, false, 'Whether asking for a topic may create it.'),
    max_offsets: optional(
      int,
      1000,
      'Offsets that are kept per partition to estimate lag in time.',
    ),
    prune_interval_seconds: optional(int, 30, 'Does nothing.', {
      deprecated: 'Set metadata_refresh_interval instead.',
    }),
    topics_filter_regex: optional(string, '.*', 'Pattern of topics to export.'),
    topics_exclude_regex: optional(string, '^$', 'Pattern of topics to leave out.'),
    groups_filter_regex: optional(string, '.*', 'Pattern of consumer groups to export.'),
    groups_exclude_regex: optional(string, '^$', 'Pattern of consumer groups to leave out.'),
  },
  {
    check: ({ instance, kafka_uris }, fail) => {
      if (instance !== '' || kafka_uris.length < 2) return
      fail(
        `an automatic value for \`instance\` cannot be determined from ${kafka_uris.length} ` +
          'kafka servers, manually provide one for this component',
        'kafka_uris',
      )
    },
  },
)

export const declaration = declare({
  name: 'prometheus.exporter.kafka',
  stability: 'generally-available',
  summary: 'Collects metrics of topics and consumer groups from Kafka brokers.',
  accepts: [],
  emits: ['targets'],
  wraps: 'kafka_exporter',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'The exporter, as a target to scrape.') },
  metrics: {},
})
