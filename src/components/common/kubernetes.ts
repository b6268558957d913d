// How components reach the Kubernetes API, and what they select there.

import { list, map } from '../../schema/composites.ts'
import { string } from '../../schema/scalars.ts'
import { blocks, optional, required, schema } from '../../schema/schema.ts'
import { url } from '../../schema/texts.ts'
import { type HttpClient, httpClientFields, httpClientHooks } from './http_client.ts'

export const kubernetesClient = schema(
  {
    api_server: optional(url, '', 'Address of the API server; empty: that of the cluster around.'),
    kubeconfig_file: optional(string, '', 'Kubeconfig file to use.'),
    ...httpClientFields,
  },
  {
    ...httpClientHooks,
    check: (client, fail) => {
      const { api_server, kubeconfig_file } = client
      if (api_server !== '' && kubeconfig_file !== '') {
        return fail('only one of api_server and kubeconfig_file can be set', 'kubeconfig_file')
      }
      if (api_server === '' && isCustom(client)) {
        const file = 'custom HTTP client configuration is not allowed when kubeconfig_file is set'
        const server = 'api_server must be set when custom HTTP client configuration is provided'
        return fail(kubeconfig_file === '' ? server : file)
      }
      httpClientHooks.check(client, fail)
    },
  },
)

/** Whether any setting of the HTTP client is not its default. */
function isCustom(client: HttpClient): boolean {
  const { basic_auth, authorization, oauth2, tls_config } = client
  const { proxy_connect_header, http_headers } = client
  const texts = [client.bearer_token_file, client.proxy_url, client.no_proxy]
  return (
    [basic_auth, authorization, oauth2, client.bearer_token].some((way) => way !== undefined) ||
    texts.some((text) => text !== '') ||
    client.proxy_from_environment ||
    proxy_connect_header.size + http_headers.size > 0 ||
    Object.values(tls_config).some(
      (value) => value !== undefined && value !== '' && value !== false,
    ) ||
    !client.follow_redirects ||
    !client.enable_http2
  )
}

const matchExpression = schema({
  key: required(string, 'Label to compare.'),
  operator: required(string, 'How to compare: In, NotIn, Exists or DoesNotExist.'),
  values: optional(list(string), [], 'Values to compare with.'),
})

export const kubernetesLabelSelector = schema({
  match_labels: optional(map(string), {}, 'Labels and the values they must have.'),
  match_expression: blocks(matchExpression, 'Comparisons that must hold.'),
})
