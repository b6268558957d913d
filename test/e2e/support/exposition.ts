// A plain reader of exposition text, apart from our own parser, for what a test expects to find.

import { seriesKey } from './prometheus.ts'

/** The keys of all series of a page, with `extra` labels merged in. */
export function seriesOfPage(text: string, extra: Readonly<Record<string, string>>): Set<string> {
  const keys = new Set<string>()
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue
    const [, name = '', labels = ''] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? /.exec(line) ?? []
    const metric: Record<string, string> = { __name__: name }
    for (const [, label = '', value = ''] of labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)) {
      metric[label] = value.replace(/\\(.)/g, (_, c) => (c === 'n' ? '\n' : c))
    }
    // Scrapes write whole bounds with a fraction, whichever way the page does.
    for (const label of ['le', 'quantile']) {
      if (/^-?\d+$/.test(metric[label] ?? '')) metric[label] += '.0'
    }
    // An empty label is no label, and the server keeps none.
    for (const [label, value] of Object.entries(metric)) if (value === '') delete metric[label]
    keys.add(seriesKey({ ...metric, ...extra }))
  }
  return keys
}
