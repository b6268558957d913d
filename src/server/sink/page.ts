// The sink's page for people: what arrived, reloaded every five seconds, without scripts.

import type { SeriesStore, StoredSeries } from './series_store.ts'

const rowsMax = 500

export function sinkPage(store: SeriesStore, text: string): string {
  const rows: string[] = []
  let matches = 0
  for (const series of store.matching(text)) {
    if (matches++ < rowsMax) rows.push(rowOf(series))
  }
  const shown = matches > rowsMax ? `the first ${rowsMax} of ${matches}` : String(matches)
  const totals = Object.entries(store.totals)
    .map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`)
    .join('')
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="refresh" content="5">
<title>alloyts sink: ${store.size} series</title>
<style>
:root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif }
body { margin: 2rem auto; max-width: 80rem; padding: 0 1rem }
dl { display: flex; flex-wrap: wrap; gap: 0 2rem }
dt { opacity: .7 } dd { margin: 0 0 .5rem; font-size: 1.3rem; font-variant-numeric: tabular-nums }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(8rem, 1fr)) }
dt { grid-row: 1 } dd { grid-row: 2 }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid #8884 }
td:first-child { overflow-wrap: anywhere; font-family: ui-monospace, monospace }
td:not(:first-child) { font-variant-numeric: tabular-nums; white-space: nowrap }
</style>
<h1>What arrived</h1>
<dl>${totals}</dl>
<form><input name="q" value="${escaped(text)}" placeholder="part of a series" size="40">
<button>Find</button></form>
<p>${shown} of ${store.size} series.
JSON: <a href="/api/totals">/api/totals</a>, <a href="/api/series">/api/series</a></p>
<table><thead><tr><th>Series<th>Newest value<th>Time<th>Samples</thead>
<tbody>${rows.join('\n')}</tbody></table>
</html>
`
}

function rowOf(series: StoredSeries): string {
  const value = series.isStale
    ? 'stale'
    : `${series.value}${series.isHistogram ? ' (count of a histogram)' : ''}`
  const time = new Date(series.time).toISOString().slice(11, 23)
  return `<tr><td>${escaped(series.id)}<td>${value}<td>${time}<td>${series.samples}</tr>`
}

function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
