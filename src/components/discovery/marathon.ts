// discovery.marathon: finds applications of Marathon.

import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { secret, string } from '../../schema/scalars.ts'
import { type Decoded, optional, required, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'
import { httpClientFields, httpClientHooks } from '../common/http_client.ts'

const fields = {
  servers: required(list(string), 'Addresses of Marathon servers.'),
  refresh_interval: optional(duration, '30s', 'Time from one look for targets to the next.'),
  auth_token: optional(secret, undefined, 'Token of the API.'),
  auth_token_file: optional(string, '', 'File that holds the token of the API.'),
  ...httpClientFields,
}

type Arguments = Decoded<typeof fields>

const componentArguments = schema(fields, {
  ...httpClientHooks,
  check: (args, fail) => {
    const problem = marathonProblem(args)
    if (problem !== undefined) return fail(problem)
    httpClientHooks.check(args, fail)
  },
})

/** The token of the API is one more way to log in. */
function marathonProblem(args: Arguments): string | undefined {
  const { servers, auth_token, auth_token_file, basic_auth, authorization } = args
  if (servers.length === 0) return 'at least one Marathon server must be specified'
  const hasToken = auth_token !== undefined
  const hasFile = auth_token_file !== ''
  if (hasToken && hasFile) return 'at most one of auth_token & auth_token_file must be configured'
  if (!hasToken && !hasFile) return undefined
  if (basic_auth !== undefined) {
    return 'at most one of basic_auth, auth_token & auth_token_file must be configured'
  }
  if (args.bearer_token !== undefined || args.bearer_token_file !== '') {
    return (
      'at most one of bearer_token, bearer_token_file, auth_token & ' +
      'auth_token_file must be configured'
    )
  }
  return (
    authorization && 'at most one of auth_token, auth_token_file & authorization must be configured'
  )
}

export const declaration = declare({
  name: 'discovery.marathon',
  stability: 'generally-available',
  summary: 'Finds applications of Marathon.',
  accepts: [],
  emits: ['targets'],
  wraps: 'Prometheus',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets that were found.') },
  metrics: {},
})
