// Detectors of otelcol.processor.resourcedetection for the host itself.

import { list } from '../../../schema/composites.ts'
import { string } from '../../../schema/scalars.ts'
import { optional, schema } from '../../../schema/schema.ts'
import { resourceAttributes } from './resourcedetection_attributes.ts'

const hostnameSources = ['cname', 'dns', 'lookup', 'os']

export const system = schema(
  {
    hostname_sources: optional(
      list(string),
      ['dns', 'os'],
      'Where the host name is from, the first that has one: dns, os, cname or lookup.',
    ),
    resource_attributes: resourceAttributes({
      'host.arch': 'off',
      'host.cpu.cache.l2.size': 'off',
      'host.cpu.family': 'off',
      'host.cpu.model.id': 'off',
      'host.cpu.model.name': 'off',
      'host.cpu.stepping': 'off',
      'host.cpu.vendor.id': 'off',
      'host.id': 'off',
      'host.interface': 'off',
      'host.ip': 'off',
      'host.mac': 'off',
      'host.name': 'on',
      'os.build.id': 'off',
      'os.description': 'off',
      'os.name': 'off',
      'os.type': 'on',
      'os.version': 'off',
    }),
  },
  {
    check: ({ hostname_sources }, fail) => {
      const unknown = hostname_sources.find((source) => !hostnameSources.includes(source))
      if (unknown !== undefined) fail(`invalid hostname source: ${unknown}`, 'hostname_sources')
    },
  },
)

export const docker = schema({
  resource_attributes: resourceAttributes({
    'host.name': 'on',
    'os.type': 'on',
  }),
})

/** It reads files that Dynatrace's OneAgent leaves on the host. */
export const dynatrace = schema({})
