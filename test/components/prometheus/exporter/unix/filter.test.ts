import { expect, it } from 'vitest'
import {
  exclusiveFilterOf,
  filterOf,
} from '../../../../../src/components/prometheus/exporter/unix/filter.ts'

const names = ['eth0', 'eth1', 'lo', 'br-lan']

it.each([
  ['takes all without patterns', '', '', names],
  ['leaves out what matches anywhere', 'lo|lan', '', ['eth0', 'eth1']],
  ['takes only what matches', '', '^eth', ['eth0', 'eth1']],
  ['applies both', '1$', '^eth', ['eth0']],
])('%s', (_, exclude, include, expected) => {
  expect(names.filter(filterOf({ exclude, include }))).toEqual(expected)
})

it('refuses both patterns where they exclude each other', () => {
  expect(() => exclusiveFilterOf({ exclude: 'a', include: 'b' })).toThrow(
    'device-exclude & device-include are mutually exclusive',
  )
  expect(names.filter(exclusiveFilterOf({ exclude: 'a', include: '' }))).toHaveLength(3)
})

it.each([
  ['(a', 'regexp: Compile(`(a`): error parsing regexp: missing closing ): `(a`'],
  ['(`', 'regexp: Compile("(`"): error parsing regexp: missing closing ): `(``'],
])('refuses the pattern %s in the words of the original', (exclude, message) => {
  expect(() => filterOf({ exclude, include: '' })).toThrow(message)
})
