// import.http: modules from a server.

import { declareBlock } from '../../../schema/declaration.ts'
import { string } from '../../../schema/scalars.ts'
import { defaultedBlock, optional, required, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { headers, urlString } from '../../../schema/veiled.ts'
import { httpClient } from '../../common/http_client.ts'

export const declaration = declareBlock({
  name: 'import.http',
  stability: 'generally-available',
  summary: 'Modules from a server.',
  label: 'required',
  where: 'any',
  arguments: schema({
    url: required(urlString, 'Where the modules are.'),
    poll_frequency: optional(duration, '1m', 'Time from one request to the next.'),
    poll_timeout: optional(duration, '10s', 'Time after which a request has failed.'),
    method: optional(string, 'GET', 'Method of the request.'),
    headers: optional(headers, {}, 'Headers of the request.'),
    body: optional(string, '', 'Body of the request.'),
    client: defaultedBlock(httpClient, 'How the request is made.'),
  }),
})
