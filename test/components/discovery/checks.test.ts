import { expect, test } from 'vitest'
import { declarationOf } from '../../../src/components/all.ts'
import { bodyText } from '../../../src/schema/encode.ts'
import { complaints, decoding } from '../../support/config_block.ts'

const oneWay =
  'at most one of basic_auth, authorization, oauth2, bearer_token & bearer_token_file must be configured'
const noProxy = 'if no_proxy is configured, proxy_url must also be configured'
const tooOften = 'refresh_interval must be greater than 0'
const badHost = `parse "http://[::1": missing ']' in host`

async function argumentsOf(name: string) {
  const declaration = await declarationOf(`discovery.${name}`)
  if (declaration === undefined) throw new Error(`discovery.${name} is not declared`)
  return declaration.arguments
}

const ovh = 'consumer_key = "x"\nservice = "vps"\n'
const azureIdentity = 'managed_identity { client_id = "c" }'
const uyuni = 'username = "x"\npassword = "x"\n'

test.each<[string, string, string[]]>([
  ['aws', 'role = "ec2"\nregion = "r"\nno_proxy = "x"', []],
  [
    'aws',
    'role = "s3"\nregion = "r"',
    ['unsupported role "s3": must be one of ec2, ecs, elasticache, lightsail, msk, rds'],
  ],
  ['aws', 'role = "ec2"', ['AWS SD configuration requires a region']],
  [
    'ec2',
    'region = "r"\nfilter {\nname = "x"\nvalues = []\n}',
    ['EC2 SD configuration filter values cannot be empty'],
  ],
  ['lightsail', '', ['lightsail SD configuration requires a region']],
  ['azure', azureIdentity, []],
  ['azure', `${azureIdentity}\nno_proxy = "x"`, [noProxy]],
  [
    'azure',
    `${azureIdentity}\nsdk_auth { }`,
    ['exactly one of oauth, managed_identity, sdk_auth, or workload_identity must be specified'],
  ],
  ['consul', 'bearer_token = "x"\nbasic_auth { }', [oneWay]],
  ['consulagent', 'refresh_interval = "-1s"', [tooOften]],
  ['digitalocean', 'bearer_token_file = "x"', []],
  ['digitalocean', '', ['exactly one of bearer_token or bearer_token_file must be specified']],
  ['dns', 'names = []\ntype = "a"\nport = 1', []],
  ['dns', 'names = []\ntype = "TXT"', ['invalid DNS-SD records type TXT']],
  [
    'dns',
    'names = []\ntype = "A"',
    ['a port is required in DNS-SD configs for all record types except SRV'],
  ],
  ['docker', 'host = "http://[::1"', [`parsing host attribute: ${badHost}`]],
  ['docker', 'host = "x"\nrefresh_interval = "0s"', [tooOften]],
  ['dockerswarm', 'host = "http://[::1"\nrole = "tasks"', [badHost]],
  ['dockerswarm', 'host = "x"\nrole = "x"', ['invalid role x, expected tasks, services, or nodes']],
  ['eureka', 'server = "http://[::1"', [badHost]],
  ['eureka', 'server = "localhost"', ['invalid eureka server URL']],
  ['hetzner', 'role = "x"', ['unknown role x, must be one of robot or hcloud']],
  ['ionos', 'datacenter_id = ""', ["datacenter_id can't be empty"]],
  ['kuma', 'server = "x"\nfetch_timeout = "0s"', ['fetch_timeout must be greater than 0']],
  ['linode', 'refresh_interval = "0s"', [tooOften]],
  ['marathon', 'servers = []', ['at least one Marathon server must be specified']],
  [
    'marathon',
    'servers = ["x"]\nauth_token = "x"\nauth_token_file = "x"',
    ['at most one of auth_token & auth_token_file must be configured'],
  ],
  [
    'marathon',
    'servers = ["x"]\nauth_token = "x"\nbasic_auth { }',
    ['at most one of basic_auth, auth_token & auth_token_file must be configured'],
  ],
  [
    'marathon',
    'servers = ["x"]\nauth_token = "x"\nbearer_token_file = "x"',
    [
      'at most one of bearer_token, bearer_token_file, auth_token & ' +
        'auth_token_file must be configured',
    ],
  ],
  [
    'marathon',
    'servers = ["x"]\nauth_token = "x"\nauthorization { }',
    ['at most one of auth_token, auth_token_file & authorization must be configured'],
  ],
  ['marathon', 'servers = ["x"]\nbearer_token = "x"\nbasic_auth { }', [oneWay]],
  ['nerve', 'servers = []\npaths = []\ntimeout = "0s"', ['timeout must be greater than 0']],
  ['nomad', 'server = " "', ['nomad SD configuration requires a server address']],
  [
    'openstack',
    'role = "x"\nregion = "r"',
    ['unknown availability x, must be one of instance or hypervisor'],
  ],
  [
    'openstack',
    'role = "instance"\nregion = "r"\navailability = "x"',
    ['unknown availability x, must be one of admin, internal or public'],
  ],
  ['ovhcloud', `${ovh}application_key = "x"\napplication_secret = "x"`, []],
  [
    'ovhcloud',
    `${ovh}application_key = "x"\napplication_secret = ""`,
    ['application_secret cannot be empty'],
  ],
  ['puppetdb', 'url = "x"\nquery = "x"', ["URL scheme must be 'http' or 'https'"]],
  ['puppetdb', 'url = "http:///x"\nquery = "x"', ['host is missing in URL']],
  [
    'serverset',
    'servers = ["x"]\npaths = ["/a", "b"]',
    ["discovery.serverset config paths must begin with '/': b"],
  ],
  ['uyuni', `${uyuni}server = "http://[::1"`, [`invalid server URL: ${badHost}`]],
  ['uyuni', `${uyuni}server = "x"\nno_proxy = "x"`, [noProxy]],
])('discovery.%s { %s }', async (name, body, problems) => {
  expect(complaints(await argumentsOf(name), body)).toEqual(problems)
})

const id = '11111111-1111-1111-1111-111111111111'
const wanted = 'expected a UUID: xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx'
const good = {
  role: 'instance',
  project_id: id,
  access_key: 'SCWXXXXXXXXXXXXXXXXX',
  secret_key: id,
  secret_key_file: '',
  api_url: 'x',
  zone: 'nl-ams-2',
}

test.each<[Partial<typeof good>, string[]]>([
  [{}, []],
  [{ secret_key_file: 'x' }, ['exactly one of secret_key or secret_key_file must be configured']],
  [
    { access_key: 'x' },
    ["scaleway-sdk-go: invalid access key format 'x', expected SCWXXXXXXXXXXXXXXXXX format"],
  ],
  [{ project_id: 'x' }, [`scaleway-sdk-go: invalid project ID format 'x', ${wanted}`]],
  [{ secret_key: 'x' }, [`scaleway-sdk-go: invalid secret key format '(secret)', ${wanted}`]],
  [{ api_url: '%zz' }, ["scaleway-sdk-go: invalid API url '%zz'"]],
])('discovery.scaleway with %o', async (changes, problems) => {
  const body = Object.entries({ ...good, ...changes }).map(([name, text]) => `${name} = "${text}"`)
  expect(complaints(await argumentsOf('scaleway'), body.join('\n'))).toEqual(problems)
})

test('settings whose defaults come from the parent are shown whole', async () => {
  const { body } = decoding(await argumentsOf('process'), 'discover_config { exe = false }')
  expect(bodyText(body)).toBe(
    'discover_config {\n\tcwd          = true\n\tcommandline  = true\n\tcontainer_id = true\n}',
  )
})
