// Go's filepath.Join and Clean, for the separator of the platform.

/** The separator between the parts of a path. */
export type Separator = '/' | '\\'

/** The parts joined and cleaned, empty ones left out; empty text for nothing. */
export function joinPath(parts: readonly string[], separator: Separator = '/'): string {
  const first = parts.findIndex((part) => part !== '')
  return first < 0 ? '' : cleanPath(parts.slice(first).join(separator), separator)
}

/** The shortest equal path: `a//b/./../c` is `a/c`, nothing is `.`. */
export function cleanPath(path: string, separator: Separator = '/'): string {
  if (separator === '\\') return cleanWindows(path)
  return clean(path, separator, '')
}

function cleanWindows(path: string): string {
  const native = path.replaceAll('/', '\\')
  const volume = /^(?:[a-zA-Z]:|\\\\[^\\]+\\[^\\]+)/.exec(native)?.[0] ?? ''
  return clean(native.slice(volume.length), '\\', volume)
}

function clean(path: string, separator: Separator, volume: string): string {
  const isRooted = path.startsWith(separator)
  const kept: string[] = []
  for (const part of path.split(separator)) {
    if (part === '' || part === '.') continue
    if (part !== '..') kept.push(part)
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop()
    else if (!isRooted) kept.push(part)
  }
  const cleaned = (isRooted ? separator : '') + kept.join(separator)
  return volume + (cleaned === '' ? '.' : cleaned)
}
