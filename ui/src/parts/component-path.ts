import { pathOf } from '../../../src/client/components.ts'

/** Path of a component's page. */
export function componentPath(id: string): string {
  return id.startsWith('remotecfg/')
    ? `/remotecfg/component/${pathOf(id.slice('remotecfg/'.length))}`
    : `/component/${pathOf(id)}`
}
