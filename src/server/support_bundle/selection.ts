// Which parts of a support bundle somebody wants: `?include=sources,pprof&exclude=pprof/cpu.pprof`.

import type { Part } from './parts.ts'

export type Chosen =
  | { readonly parts: readonly Part[] }
  /** Names what is not in a bundle. */
  | { readonly problem: string }

/** All of them where `include` is not there. Each name is a file or a folder. */
export function partsChosen(parts: readonly Part[], query: URLSearchParams): Chosen {
  const include = namesIn(query, 'include')
  const exclude = namesIn(query, 'exclude')
  const unknown = [...include, ...exclude].find((name) => !parts.some((part) => isOf(part, name)))
  if (unknown !== undefined) {
    const known = parts.map(({ path }) => path).join(', ')
    return { problem: `there is no ${JSON.stringify(unknown)} in a support bundle, only ${known}` }
  }
  const isWanted = (part: Part) => include.some((name) => isOf(part, name))
  const isUnwanted = (part: Part) => exclude.some((name) => isOf(part, name))
  return {
    parts: parts.filter((part) => (include.length === 0 || isWanted(part)) && !isUnwanted(part)),
  }
}

function namesIn(query: URLSearchParams, parameter: string): string[] {
  return query
    .getAll(parameter)
    .flatMap((list) => list.split(','))
    .map((name) => name.trim().replace(/\/$/, ''))
    .filter((name) => name !== '')
}

function isOf({ path }: Part, name: string): boolean {
  return path === name || path.startsWith(`${name}/`)
}
