// Protocols that beyla.ebpf measures and traces.

const instrumentations = new Set([
  '*',
  'amqp',
  'couchbase',
  'dns',
  'genai',
  'gpu',
  'grpc',
  'http',
  'kafka',
  'memcached',
  'mongo',
  'mqtt',
  'nats',
  'redis',
  'sql',
])

/** The first word that names none of them. */
export function unknownInstrumentation(words: readonly string[]): string | undefined {
  return words.find((word) => !instrumentations.has(word))
}
