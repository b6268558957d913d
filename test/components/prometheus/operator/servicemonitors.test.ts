import { expect, it } from 'vitest'
import { declaration } from '../../../../src/components/prometheus/operator/servicemonitors.ts'
import { bodyText } from '../../../../src/schema/encode.ts'
import { complaints, decoding } from '../../../support/config_block.ts'

const schema = declaration.arguments

it('looks into all namespaces where none is named, and shows it', () => {
  expect(bodyText(decoding(schema, 'forward_to = []').body)).toBe(
    'forward_to = []\nnamespaces = [""]',
  )
  expect(bodyText(decoding(schema, 'forward_to = []\nnamespaces = ["a"]').body)).toBe(
    'forward_to = []\nnamespaces = ["a"]',
  )
})

it('knows two roles', () => {
  expect(complaints(schema, 'forward_to = []\nkubernetes_role = "endpointslice"')).toEqual([])
  expect(complaints(schema, 'forward_to = []\nkubernetes_role = "pod"')).toEqual([
    'only endpoints and endpointslice are supported',
  ])
})
