// Records of live debugging, taken apart where their text has a form that is known.

export type DebugRecord =
  | { readonly kind: 'change'; readonly before: string; readonly after: string }
  | {
      readonly kind: 'sample'
      readonly time: string
      readonly labels: string
      readonly value: string
    }
  | {
      readonly kind: 'entry'
      readonly direction: string
      readonly time: string
      readonly entry: string
      readonly labels: string
    }
  | { readonly kind: 'text'; readonly text: string }

const sample = /^sample: ts=(-?\d+), labels=(.*), value=(\S+)\s*$/s
const entry =
  /^\[(IN|OUT)\]: timestamp: (.*?), entry: (.*), labels: (\{.*?\}), structured_metadata: .*$/s

export function debugRecord(text: string): DebugRecord {
  const [, ts, sampleLabels, value] = sample.exec(text) ?? []
  if (ts !== undefined && sampleLabels !== undefined && value !== undefined) {
    return { kind: 'sample', time: isoTime(Number(ts)), labels: sampleLabels, value }
  }
  const [, direction, time, line, labels] = entry.exec(text) ?? []
  if (direction !== undefined && time !== undefined && line !== undefined) {
    return { kind: 'entry', direction, time, entry: line, labels: labels ?? '' }
  }
  const arrow = text.indexOf(' => ')
  if (arrow > 0 && !text.includes('\n')) {
    return { kind: 'change', before: text.slice(0, arrow), after: text.slice(arrow + 4) }
  }
  return { kind: 'text', text }
}

function isoTime(ms: number): string {
  const date = new Date(ms)
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString()
}

export interface LabelChange {
  readonly state: 'same' | 'added' | 'removed'
  readonly text: string
}

const label = /("?)([A-Za-z_][\w.-]*)\1="((?:[^"\\]|\\.)*)"/g

/** What became of each label: first those that stay or go, then those that are new. */
export function labelChanges(before: string, after: string): LabelChange[] {
  const [old, now] = [labelsOf(before), labelsOf(after)]
  const changes: LabelChange[] = []
  for (const [name, text] of old) {
    changes.push({ state: now.get(name) === text ? 'same' : 'removed', text })
  }
  for (const [name, text] of now) {
    if (old.get(name) !== text) changes.push({ state: 'added', text })
  }
  return changes
}

function labelsOf(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [, , name, value] of text.matchAll(label)) {
    if (name !== undefined) found.set(name, `${name}="${value}"`)
  }
  return found
}

/**
 * Whether a record holds a text, in any case, or matches a pattern that is written between slashes.
 * Says why where that is none.
 */
export function recordFilter(
  written: string,
): { readonly test: (text: string) => boolean } | { readonly problem: string } {
  const [, source, flags] = /^\/(.+)\/([imsu]*)$/.exec(written) ?? []
  if (source === undefined) {
    const wanted = written.toLowerCase()
    return { test: (text) => wanted === '' || text.toLowerCase().includes(wanted) }
  }
  try {
    const pattern = new RegExp(source, flags)
    return { test: (text) => pattern.test(text) }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}
