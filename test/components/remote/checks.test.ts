import { expect, test } from 'vitest'
import { declarationOf } from '../../../src/components/all.ts'
import { complaints } from '../../support/config_block.ts'

const token = 'auth.token { token = "x" }'
const vault = `server = "x"\npath = "x"\n`
const object = 'namespace = "x"\nname = "x"\n'

test.each<[string, string, string[]]>([
  ['http', 'url = "x"\nmethod = ""', []],
  ['http', 'url = "%zz"', ['parse "%zz": invalid URL escape "%zz"']],
  ['http', 'url = "x"\nmethod = "a b"', ['net/http: invalid method "a b"']],
  ['http', 'url = "x"\npoll_timeout = "0s"', ['poll_timeout must be greater than 0']],
  ['http', 'url = "x"\npoll_frequency = "0s"', ['poll_frequency must be greater than 0']],
  [
    'http',
    'url = "x"\npoll_timeout = "9s"\npoll_frequency = "9s"',
    ['poll_timeout must be less than poll_frequency'],
  ],
  ['s3', 'path = "s3://b/k"\npoll_frequency = "30s"', []],
  ['s3', 'path = "s3://b/k"\npoll_frequency = "29s"', ['poll_frequency must be greater than 30s']],
  ['vault', vault + token, []],
  ['vault', vault, ['exactly one auth.* block must be specified; found none']],
  ['vault', `${vault}${token}\n${token}`, ['exactly one auth.* block must be specified; found 2']],
  [
    'vault',
    `${vault}${token}\nclient_options { timeout = "0s" }`,
    ['client_options.timeout must be greater than 0'],
  ],
  ['vault', `${vault}auth.aws { type = "x" }`, ['unrecognized type "x", expected one of ec2,iam']],
  ['kubernetes.secret', object, []],
  [
    'kubernetes.secret',
    `${object}poll_frequency = "0s"`,
    ['poll_frequency must be greater than 0'],
  ],
  [
    'kubernetes.secret',
    `${object}poll_timeout = "0s"`,
    ['poll_timeout must not be greater than 0'],
  ],
  ['kubernetes.configmap', `${object}client { api_server = "x"\nbasic_auth { }\n}`, []],
  [
    'kubernetes.configmap',
    `${object}client { tls_config { insecure_skip_verify = true } }`,
    ['api_server must be set when custom HTTP client configuration is provided'],
  ],
  [
    'kubernetes.configmap',
    `${object}client {\nkubeconfig_file = "x"\nenable_http2 = false\n}`,
    ['custom HTTP client configuration is not allowed when kubeconfig_file is set'],
  ],
  [
    'kubernetes.configmap',
    `${object}client {\nkubeconfig_file = "x"\napi_server = "x"\n}`,
    ['only one of api_server and kubeconfig_file can be set'],
  ],
])('remote.%s { %s }', async (name, body, problems) => {
  const declaration = await declarationOf(`remote.${name}`)
  expect(declaration && complaints(declaration.arguments, body)).toEqual(problems)
})
