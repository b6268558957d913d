import { describe, expect, it } from 'vitest'
import { declarationOf } from '../../../src/components/all.ts'
import { complaints } from '../../support/config_block.ts'

const scrape = 'targets = []\nforward_to = []\n'
const deltaless = 'profiling_config {\nprofile.process_cpu {\nenabled = false\n}\n}'

const cases: readonly [component: string, body: string, problem: string | undefined][] = [
  ['ebpf', 'forward_to = []\ncomm = "both"', undefined],
  [
    'ebpf',
    'forward_to = []\ncomm = "x"',
    'invalid comm mode "x", valid values are: "none", "label", "stackframe", "both"',
  ],
  ['scrape', `${scrape}scrape_timeout = "0s"`, 'scrape_timeout must be greater than 0'],
  [
    'scrape',
    `${scrape}scrape_interval = "1s"`,
    'scrape_interval must be at least 2 seconds when using delta profiling',
  ],
  ['scrape', `${scrape}scrape_interval = "1s"\n${deltaless}`, undefined],
  [
    'scrape',
    `${scrape}scrape_interval = "1s"\n` +
      'profiling_config {\nprofile.process_cpu {\nenabled = false\n}\n' +
      'profile.custom "x" {\nenabled = true\npath = "/x"\ndelta = true\n}\n}',
    'scrape_interval must be at least 2 seconds when using delta profiling',
  ],
  [
    'scrape',
    `${scrape}delta_profiling_duration = "1s"`,
    'delta_profiling_duration must be larger than 1 second when using delta profiling',
  ],
  [
    'scrape',
    `${scrape}delta_profiling_duration = "14001ms"`,
    'delta_profiling_duration must be at least 1 second smaller than scrape_interval ' +
      'when using delta profiling',
  ],
  [
    'scrape',
    `${scrape}no_proxy = "x"`,
    'if no_proxy is configured, proxy_url must also be configured',
  ],
  [
    'write',
    'endpoint {\nurl = "x"\nbearer_token = "a"\nbearer_token_file = "b"\n}',
    'at most one of basic_auth, authorization, oauth2, bearer_token & ' +
      'bearer_token_file must be configured',
  ],
]

async function argumentsOf(component: string) {
  const declaration = await declarationOf(`pyroscope.${component}`)
  if (declaration === undefined) throw new Error(`no component pyroscope.${component}`)
  return declaration.arguments
}

describe('checks of pyroscope components', () => {
  it.each(cases)('%s: %j', async (component, body, problem) => {
    const schema = await argumentsOf(component)
    expect(complaints(schema, body)).toEqual(problem === undefined ? [] : [problem])
  })
})
