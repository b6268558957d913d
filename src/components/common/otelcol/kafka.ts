// How components log in to Kafka, and how they learn about its cluster.
// Source of the behaviour: alloy/internal/component/otelcol/config_kafka.go.

import { bool, int, secret, string } from '../../../schema/scalars.ts'
import { block, defaultedBlock, optional, required, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { tlsClient } from './tls.ts'

const plaintext = schema({
  username: required(string, 'User name.'),
  password: required(secret, 'Password.'),
})

const awsMsk = schema({
  region: required(string, 'AWS region of the cluster.'),
})

const sasl = schema({
  username: required(string, 'User name; not used by AWS_MSK_IAM_OAUTHBEARER.'),
  password: required(secret, 'Password; not used by AWS_MSK_IAM_OAUTHBEARER.'),
  mechanism: required(string, 'PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 or AWS_MSK_IAM_OAUTHBEARER.'),
  version: optional(int, 0, 'Version of the SASL handshake: 0 or 1.'),
  aws_msk: defaultedBlock(awsMsk, 'Settings of AWS_MSK_IAM_OAUTHBEARER.'),
})

const kerberos = schema({
  service_name: optional(string, '', 'Name that Kafka has in Kerberos, such as kafka.'),
  realm: optional(string, '', 'Realm of the user.'),
  use_keytab: optional(bool, false, 'Whether keytab_file is used in place of the password.'),
  username: required(string, 'User name in Kerberos.'),
  password: optional(secret, undefined, 'Password of the user.'),
  config_file: optional(string, '', 'Configuration of Kerberos, such as /etc/krb5.conf.'),
  keytab_file: optional(string, '', 'File with the keys of the user.'),
  disable_fast_negotiation: optional(
    bool,
    false,
    'Whether to log in without FAST, which some servers do not know.',
  ),
})

export const kafkaAuthentication = schema({
  plaintext: block(plaintext, 'User name and password, sent as they are.'),
  sasl: block(sasl, 'User name and password, or AWS IAM, by a mechanism of SASL.'),
  tls: block(tlsClient, 'TLS settings of the connections to the brokers.'),
  kerberos: block(kerberos, 'Tickets of Kerberos.'),
})

const metadataRetry = schema(
  {
    max_retries: optional(int, 3, 'How often metadata is asked for again after a failure.'),
    backoff: optional(duration, '250ms', 'How long to wait between two attempts.'),
  },
  { defaultsFrom: 'parent' },
)

export const kafkaMetadata = schema({
  full: optional(
    bool,
    true,
    'Whether metadata of all topics is fetched, not only of those in use.',
  ),
  refresh_interval: optional(duration, '10m0s', 'How often metadata is fetched again.'),
  retry: defaultedBlock(metadataRetry, 'What happens while the cluster gives no metadata.'),
})
