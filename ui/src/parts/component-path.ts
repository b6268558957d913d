import { pathOf } from '../api/base.ts'

/** Path of a component's page. */
export function componentPath(id: string): string {
  return id.startsWith('remotecfg/')
    ? `/remotecfg/component/${pathOf(id.slice('remotecfg/'.length))}`
    : `/component/${pathOf(id)}`
}
