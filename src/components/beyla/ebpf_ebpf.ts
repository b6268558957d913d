// The `ebpf` block of beyla.ebpf.

import { list } from '../../schema/composites.ts'
import { bool, int, string } from '../../schema/scalars.ts'
import { blocks, defaultedBlock, optional, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'
import { service } from './ebpf_service.ts'

const bufferSizes = schema({
  http: optional(int, 0, 'Bytes of a payload of HTTP that are read; 0: none.'),
  kafka: optional(int, 0, 'Bytes of a payload of Kafka that are read; 0: none.'),
  mssql: optional(int, 0, 'Bytes of a payload of SQL Server that are read; 0: none.'),
  mysql: optional(int, 0, 'Bytes of a payload of MySQL that are read; 0: none.'),
  postgres: optional(int, 0, 'Bytes of a payload of PostgreSQL that are read; 0: none.'),
  tcp: optional(int, 0, 'Bytes of a payload of other protocols that are read; 0: none.'),
})

const services = schema({
  service: blocks(service, 'Adds to the logs of the processes that match one of these.'),
})

const logEnricher = schema({
  async_writer_channel_len: optional(int, 0, 'Most lines that wait for a writer.'),
  async_writer_workers: optional(int, 0, 'Number of writers side by side.'),
  cache_size: optional(int, 0, 'Most files that are kept open.'),
  cache_ttl: optional(duration, '0s', 'Time that a file which is not written to is kept open.'),
  services: blocks(services, 'Programs whose logs get the ids of traces.'),
})

const mapsConfig = schema({
  global_scale_factor: optional(
    int,
    0,
    'Power of two that the sizes of BPF maps are multiplied by; may be negative.',
  ),
})

/** Calls that are recognized by their payloads. */
const payload = schema({
  enabled: optional(bool, false, 'Whether these calls are recognized.'),
})

const defaultAction = schema({
  body: optional(string, '', 'What happens to a body: include, exclude or obfuscate.'),
  headers: optional(string, '', 'What happens to a header: include, exclude or obfuscate.'),
})

const policy = schema({
  default_action: defaultedBlock(defaultAction, 'What happens where no rule matches.'),
  obfuscation_string: optional(string, '', 'What stands in place of obfuscated values.'),
})

const match = schema({
  case_sensitive: optional(bool, false, 'Whether upper and lower case differ.'),
  methods: optional(list(string), [], 'Methods of HTTP that it is for; empty: all.'),
  obfuscation_json_paths: optional(list(string), [], 'JSON paths of the values to obfuscate.'),
  patterns: optional(list(string), [], 'Patterns of the names of headers.'),
  url_path_patterns: optional(
    list(string),
    [],
    'Patterns of the paths of URLs that it is for; empty: all.',
  ),
})

const rules = schema({
  action: optional(string, '', 'What to do: include, exclude or obfuscate.'),
  match: defaultedBlock(match, 'What the rule is for.'),
  scope: optional(string, '', 'Whether requests, answers or both are looked at.'),
  type: optional(string, '', 'Part of the message that the rule is for: headers or body.'),
})

const enrichment = schema({
  enabled: optional(bool, false, 'Whether headers and bodies become attributes.'),
  policy: defaultedBlock(policy, 'What holds for all messages.'),
  rules: blocks(rules, 'Rules, of which the first that matches counts.'),
})

const sqlpp = schema({
  enabled: optional(bool, false, 'Whether queries of Couchbase in SQL++ are recognized.'),
  endpoint_patterns: optional(list(string), [], 'Patterns of the paths that take such queries.'),
})

const http = schema({
  aws: defaultedBlock(payload, 'Calls of AWS services.'),
  elasticsearch: defaultedBlock(payload, 'Calls of Elasticsearch and OpenSearch.'),
  enrichment: defaultedBlock(enrichment, 'Headers and bodies as attributes.'),
  openai: defaultedBlock(payload, 'Calls of OpenAI.'),
  anthropic: defaultedBlock(payload, 'Calls of Anthropic.'),
  gemini: defaultedBlock(payload, 'Calls of Google Gemini.'),
  bedrock: defaultedBlock(payload, 'Calls of Amazon Bedrock.'),
  embedding: defaultedBlock(payload, 'Calls that make embeddings.'),
  mcp: defaultedBlock(payload, 'Calls of the Model Context Protocol.'),
  qwen: defaultedBlock(payload, 'Calls of Qwen.'),
  rerank: defaultedBlock(payload, 'Calls that rank documents anew.'),
  retrieval: defaultedBlock(payload, 'Calls of vector databases.'),
  graphql: defaultedBlock(payload, 'Calls of GraphQL.'),
  jsonrpc: defaultedBlock(payload, 'Calls of JSON-RPC.'),
  sqlpp: defaultedBlock(sqlpp, 'Queries of Couchbase.'),
})

const payloadExtraction = schema({
  http: defaultedBlock(http, 'What is recognized in HTTP.'),
})

const redisDbCache = schema({
  enabled: optional(bool, false, 'Whether the database number of Redis connections is remembered.'),
  max_size: optional(int, 0, 'Most connections that are remembered.'),
})

export const ebpf = schema({
  batch_length: optional(int, 0, 'Spans that are handed on together.'),
  batch_timeout: optional(duration, '0s', 'Longest time that spans wait for others.'),
  bpf_debug: optional(bool, false, 'Whether the BPF programs log what they do.'),
  bpf_fs_path: optional(string, '', 'Where the BPF file system is mounted.'),
  buffer_sizes: defaultedBlock(bufferSizes, 'How much of the payloads is read.'),
  context_propagation: optional(
    string,
    '',
    'How trace context is sent on: all, headers, ip or disabled.',
    { computed: 'disabled' },
  ),
  couchbase_db_cache_size: optional(
    int,
    0,
    'Buckets of Couchbase connections that are remembered.',
  ),
  disable_black_box_cp: optional(
    bool,
    false,
    'Whether traces through one process are not joined by its threads.',
  ),
  dns_request_timeout: optional(duration, '0s', 'Time after which a DNS request has failed.'),
  force_bpf_map_reader: optional(
    string,
    '',
    'How BPF maps are read, where the choice is not left to Beyla.',
  ),
  heuristic_sql_detect: optional(
    bool,
    false,
    'Whether SQL is also looked for in protocols that are not known.',
  ),
  high_request_volume: optional(
    bool,
    false,
    'Whether spans end at the start of an answer, for programs under high load.',
  ),
  http_request_timeout: optional(duration, '0s', 'Time after which a request of HTTP has failed.', {
    computed: '30s',
  }),
  instrument_cuda: optional(int, 0, 'How calls of CUDA are instrumented; 0: Beyla decides.'),
  kafka_topic_uuid_cache_size: optional(int, 0, 'Topic ids of Kafka that are remembered.'),
  log_enricher: defaultedBlock(logEnricher, 'Puts the ids of traces into logs.'),
  maps_config: defaultedBlock(mapsConfig, 'Sizes of the BPF maps.'),
  max_transaction_time: optional(
    duration,
    '0s',
    'Longest time that a trace through one process may take.',
  ),
  mongo_requests_cache_size: optional(int, 0, 'Requests of MongoDB that are remembered.'),
  mssql_prepared_statements_cache_size: optional(
    int,
    0,
    'Prepared statements of SQL Server that are remembered.',
  ),
  mysql_prepared_statements_cache_size: optional(
    int,
    0,
    'Prepared statements of MySQL that are remembered.',
  ),
  override_bpfloop_enabled: optional(
    bool,
    false,
    'Whether the BPF helper for loops is used whatever the kernel says.',
  ),
  payload_extraction: defaultedBlock(payloadExtraction, 'What is recognized in payloads.'),
  postgres_prepared_statements_cache_size: optional(
    int,
    0,
    'Prepared statements of PostgreSQL that are remembered.',
  ),
  protocol_debug_print: optional(bool, false, 'Whether unknown protocols are printed.'),
  redis_db_cache: defaultedBlock(redisDbCache, 'Database numbers of Redis connections.'),
  stats_wakeup_data_bytes: optional(int, 0, 'Bytes of statistics that wake Beyla up.'),
  track_request_headers: optional(bool, false, 'Whether traceparent headers of requests are read.'),
  traffic_control_backend: optional(
    string,
    '',
    'How traffic control is attached: auto, tc or tcx.',
  ),
  wakeup_len: optional(int, 0, 'Messages that wake Beyla up; 0: every one.'),
})
