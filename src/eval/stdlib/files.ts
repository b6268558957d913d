// `file.path_join`: Go's filepath.Join, for either kind of system.

import { win32 } from 'node:path'

export function joinPaths(parts: readonly string[], isWindows: boolean): string {
  const given = parts.filter((part) => part !== '')
  if (given.length === 0) return ''
  return isWindows ? joinWindows(given) : clean(given.join('/'))
}

function joinWindows(parts: readonly string[]): string {
  const joined = win32.join(...parts)
  const { root } = win32.parse(joined)
  return joined.length > root.length ? joined.replace(/\\$/, '') : joined
}

/** The shortest path that means the same, as text: `.` and `..` resolved, no slash at the end. */
function clean(path: string): string {
  const isRooted = path.startsWith('/')
  const kept: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') kept.push(part)
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop()
    else if (!isRooted) kept.push('..')
  }
  return (isRooted ? '/' : '') + kept.join('/') || '.'
}
