import { expect, test } from 'vitest'
import { declaration } from '../../../src/components/prometheus/scrape.ts'
import { complaints, decoded } from '../../support/config_block.ts'

const base = 'targets = []\nforward_to = []\n'

test.each<[string, string, string[]]>([
  [
    'the timeout within the interval',
    'scrape_interval = "5s"',
    ['scrape_timeout (10s) greater than scrape_interval (5s) for scrape config with job name ""'],
  ],
  [
    'a known protocol',
    'scrape_protocols = ["x"]',
    [
      'invalid scrape_protocols: unknown scrape protocol x, supported: [OpenMetricsText0.0.1 ' +
        'OpenMetricsText1.0.0 PrometheusProto PrometheusText0.0.4 PrometheusText1.0.0]',
    ],
  ],
  [
    'a known validation',
    'metric_name_validation_scheme = "x"',
    ['invalid metric_name_validation_scheme "x": must be either "utf8" or "legacy"'],
  ],
])('asks for %s', (_, body, expected) => {
  expect(complaints(declaration.arguments, base + body)).toEqual(expected)
})

test('the escaping follows the validation', () => {
  const escaping = (body: string) => {
    return decoded(declaration.arguments, base + body).metric_name_escaping_scheme
  }
  expect(escaping('')).toBe('underscores')
  expect(escaping('metric_name_validation_scheme = "utf8"')).toBe('allow-utf-8')
  expect(escaping('metric_name_escaping_scheme = "dots"')).toBe('dots')
})

test('native histograms put the protobuf format in front of the default list', () => {
  const protocols = (body: string) => {
    return decoded(declaration.arguments, base + body).scrape_protocols.join(' ')
  }
  const usual = 'OpenMetricsText1.0.0 OpenMetricsText0.0.1 PrometheusText1.0.0 PrometheusText0.0.4'
  expect(protocols('')).toBe(usual)
  expect(protocols('scrape_native_histograms = true')).toBe(`PrometheusProto ${usual}`)
  const own = 'scrape_native_histograms = true\nscrape_protocols = ["PrometheusText1.0.0"]'
  expect(complaints(declaration.arguments, base + own)).toEqual([
    'scrape_native_histograms is set to true, but PrometheusProto is not in scrape_protocols',
  ])
})
