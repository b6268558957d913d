import { describe, expect, it } from 'vitest'
import { checkRunFlags, deprecationWarnings, runFlags } from '../../src/cli/run_flags.ts'

const presets = Object.fromEntries(
  Object.entries(runFlags).map(([name, flag]) => [name, flag.default ?? false]),
)

describe('checkRunFlags', () => {
  it('takes the defaults', () => {
    expect(() => checkRunFlags(presets)).not.toThrow()
  })

  it.each<[Record<string, unknown>, string]>([
    [
      { 'server.http.enable-graphql': true },
      "'--server.http.enable-graphql' can only be used at experimental stability level. Use --stability.level=experimental to enable.",
    ],
    [
      {
        'feature.prometheus.direct-fanout.enabled': true,
        'stability.level': 'experimental',
      },
      '--feature.prometheus.direct-fanout.enabled is not available in alloyts yet',
    ],
    [
      { 'reload.mode': 'none' },
      'invalid argument "none" for "--reload.mode" flag: must be one of partial, atomic',
    ],
    [{ 'cluster.enabled': true }, '--cluster.enabled is not available in alloyts yet'],
    [
      { 'cluster.rejoin-interval': { value: 1000, text: '1s' } },
      '--cluster.rejoin-interval is not available in alloyts yet',
    ],
  ])('refuses %j', (flags, message) => {
    expect(() => checkRunFlags({ ...presets, ...flags })).toThrow(message)
  })

  it('warns of flags that do nothing any more', () => {
    expect(deprecationWarnings({ 'cluster.use-discovery-v1': true })).toEqual([
      'Flag --cluster.use-discovery-v1 has been deprecated, This flag is deprecated and has no effect.\n',
    ])
  })
})
