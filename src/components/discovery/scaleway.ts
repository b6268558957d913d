// discovery.scaleway: finds servers of Scaleway.

import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { bool, int, secret, string } from '../../schema/scalars.ts'
import { type Decoded, defaultedBlock, optional, required, schema } from '../../schema/schema.ts'
import { duration, oneOf, urlProblem } from '../../schema/texts.ts'
import { proxyFields, proxyProblem, secretLists } from '../common/http_client.ts'
import { tlsConfig } from '../common/tls.ts'

const role = oneOf(['baremetal', 'instance'], {
  otherwise: (written) => `invalid role "${written}"`,
})

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const zones = [
  'fr-par-1',
  'fr-par-2',
  'fr-par-3',
  'nl-ams-1',
  'nl-ams-2',
  'nl-ams-3',
  'pl-waw-1',
  'pl-waw-2',
  'pl-waw-3',
  'it-mil-1',
]

const fields = {
  project_id: required(string, 'Project to look in.'),
  role: required(role, 'Kind of targets: baremetal or instance.'),
  api_url: optional(string, 'https://api.scaleway.com', 'Address of the API.'),
  zone: optional(string, 'fr-par-1', 'Zone to look in.'),
  access_key: required(string, 'Access key.'),
  secret_key: optional(secret, undefined, 'Secret key.'),
  secret_key_file: optional(string, '', 'File that holds the secret key.'),
  name_filter: optional(string, '', 'Part of the names of targets.'),
  tags_filter: optional(list(string), [], 'Tags that targets must have.'),
  refresh_interval: optional(duration, '1m0s', 'Time from one look for targets to the next.'),
  port: optional(int, 80, 'Port of the targets.'),
  ...proxyFields,
  tls_config: defaultedBlock(tlsConfig, 'TLS settings for the endpoint.'),
  follow_redirects: optional(bool, true, 'Whether redirects of the server are followed.'),
  enable_http2: optional(bool, true, 'Whether HTTP/2 may be used.'),
  http_headers: optional(secretLists, {}, 'Headers to send with every request.'),
}

type Arguments = Decoded<typeof fields>

const componentArguments = schema(fields, {
  check: (args, fail) => {
    const problem = scalewayProblem(args) ?? proxyProblem(args)
    if (problem !== undefined) fail(problem)
  },
})

/** What the client library of Scaleway refuses, in its words. */
function scalewayProblem(args: Arguments): string | undefined {
  const { access_key, secret_key, secret_key_file, project_id, zone, api_url } = args
  if ((secret_key === undefined) === (secret_key_file === '')) {
    return 'exactly one of secret_key or secret_key_file must be configured'
  }
  const problem = (text: string) => `scaleway-sdk-go: invalid ${text}`
  if (!/^SCW[A-Z0-9]{17}$/.test(access_key)) {
    return problem(`access key format '${access_key}', expected SCW${'X'.repeat(17)} format`)
  }
  const uuidWanted = 'expected a UUID: xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx'
  if (secret_key !== undefined && !uuid.test(secret_key.reveal())) {
    return problem(`secret key format '${secret_key}', ${uuidWanted}`)
  }
  if (!uuid.test(project_id)) return problem(`project ID format '${project_id}', ${uuidWanted}`)
  if (!/^[a-z]{2}-[a-z]{3}-[1-9]$/.test(zone)) {
    return problem(`default zone format '${zone}', available zones are: ${zones.join(', ')}`)
  }
  return urlProblem(api_url) && problem(`API url '${api_url}'`)
}

export const declaration = declare({
  name: 'discovery.scaleway',
  stability: 'generally-available',
  summary: 'Finds servers of Scaleway.',
  accepts: [],
  emits: ['targets'],
  wraps: 'Prometheus',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets that were found.') },
  metrics: {},
})
