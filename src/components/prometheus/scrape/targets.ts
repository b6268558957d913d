// What is scraped: from the labels of a discovered target to a URL, a rhythm and public labels.
// Source of the behaviour: prometheus/scrape/target.go, PopulateLabels.

import { parseBool } from '../../../go/number.ts'
import {
  formatPrometheusDuration,
  parsePrometheusDuration,
} from '../../../go/prometheus_duration.ts'
import { quote } from '../../../go/quote.ts'
import { isEscaped } from '../../../go/text.ts'
import type { Target } from '../../../model/targets.ts'

/** The arguments that targets are built with. */
export interface TargetDefaults {
  readonly jobName: string
  readonly scheme: string
  readonly metricsPath: string
  readonly intervalMs: number
  readonly timeoutMs: number
  readonly params: ReadonlyMap<string, readonly string[]>
}

export interface ScrapeTarget {
  /** All labels and the URL, the rhythm apart: equal keys are one target. */
  readonly key: string
  readonly url: string
  /** Name, value, … of the labels that its samples get: none begins with `__`. */
  readonly labels: readonly string[]
  readonly intervalMs: number
  readonly timeoutMs: number
  /** Where in its interval it is scraped, from 0 to 1; the same after every restart. */
  readonly phase: number
}

const booleanLabels = [
  '__convert_classic_histograms_to_nhcb__',
  '__always_scrape_classic_histograms__',
  '__scrape_native_histograms__',
]

/**
 * The target, or undefined where it has no public label. Throws an Error that says why it cannot be
 * scraped. `seed` moves the phases of one host against those of others.
 */
export function buildTarget(
  discovered: Target,
  defaults: TargetDefaults,
  seed: string,
): ScrapeTarget | undefined {
  const labels = new Map(discovered)
  const fill = (name: string, value: string) => {
    if (!labels.get(name)) labels.set(name, value)
  }
  fill('job', defaults.jobName)
  fill('__metrics_path__', defaults.metricsPath)
  fill('__scheme__', defaults.scheme)
  for (const [name, [first]] of defaults.params) {
    if (first !== undefined) fill(`__param_${name}`, first)
  }
  checkAddress(labels.get('__address__') ?? '')
  const { intervalMs, timeoutMs } = rhythm(labels, defaults)
  for (const name of booleanLabels) {
    const value = labels.get(name)
    if (value) checkBoolean(name, value)
  }
  for (const name of [...labels.keys()]) if (name.startsWith('__meta_')) labels.delete(name)
  fill('instance', labels.get('__address__') ?? '')
  for (const [name, value] of labels) {
    if (isEscaped(value)) throw new Error(`invalid label value for ${quote(name)}: ${quote(value)}`)
  }
  const sorted = [...labels].filter(([, value]) => value !== '').sort(byName)
  const visible = sorted.filter(([name]) => !name.startsWith('__'))
  if (visible.length === 0) return undefined
  const url = urlOf(labels, defaults.params)
  const identity = sorted.filter(([name]) => !rhythmLabels.has(name))
  const key = `${identity.flat().join('\xff')}\xff${url}`
  return { key, url, labels: visible.flat(), intervalMs, timeoutMs, phase: fraction(seed + key) }
}

const intervalLabel = '__scrape_interval__'
const timeoutLabel = '__scrape_timeout__'
const rhythmLabels = new Set([intervalLabel, timeoutLabel])

function byName([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : 1
}

function checkAddress(address: string): void {
  if (address === '') throw new Error('no address')
  if (address.includes('/')) throw new Error(`${quote(address)} is not a valid hostname`)
}

function checkBoolean(name: string, value: string): void {
  try {
    parseBool(value)
  } catch (cause) {
    throw new Error(`error parsing ${quote(name)} label`, { cause })
  }
}

function rhythm(
  labels: ReadonlyMap<string, string>,
  defaults: TargetDefaults,
): { intervalMs: number; timeoutMs: number } {
  const intervalMs = durationLabel(labels, intervalLabel, 'interval', defaults.intervalMs)
  const timeoutMs = durationLabel(labels, timeoutLabel, 'timeout', defaults.timeoutMs)
  if (timeoutMs > intervalMs) {
    const [timeout, interval] = [timeoutMs, intervalMs].map(formatPrometheusDuration)
    throw new Error(
      `scrape timeout cannot be greater than scrape interval ("${timeout}" > "${interval}")`,
    )
  }
  return { intervalMs, timeoutMs }
}

function durationLabel(
  labels: ReadonlyMap<string, string>,
  name: string,
  what: string,
  otherwise: number,
): number {
  const text = labels.get(name)
  if (!text) return otherwise
  let ms: number
  try {
    ms = parsePrometheusDuration(text)
  } catch (cause) {
    throw new Error(`error parsing scrape ${what}`, { cause })
  }
  if (ms === 0) throw new Error(`scrape ${what} cannot be 0`)
  return ms
}

/** The query has the `params`; a label `__param_X` replaces the first value of X. */
function urlOf(
  labels: ReadonlyMap<string, string>,
  params: ReadonlyMap<string, readonly string[]>,
): string {
  const values = new Map([...params].map(([name, list]) => [name, [...list]]))
  for (const [label, value] of labels) {
    if (!label.startsWith('__param_')) continue
    const name = label.slice('__param_'.length)
    values.set(name, [value, ...(values.get(name)?.slice(1) ?? [])])
  }
  const query = new URLSearchParams()
  for (const name of [...values.keys()].sort()) {
    for (const value of values.get(name) ?? []) query.append(name, value)
  }
  const text = query.toString()
  const path = labels.get('__metrics_path__') ?? ''
  const slash = path.startsWith('/') ? '' : '/'
  const base = `${labels.get('__scheme__')}://${labels.get('__address__')}${slash}${path}`
  if (!URL.canParse(base)) throw new Error(`cannot make a URL of ${quote(base)}`)
  return text === '' ? base : `${base}?${text}`
}

/** A number from 0 to 1 that only the text decides (FNV-1a, two of 32 bits for 53). */
function fraction(text: string): number {
  let a = 0x811c9dc5
  let b = 0xcbf29ce4
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    a = Math.imul(a ^ unit, 0x01000193)
    b = Math.imul(b ^ (unit + i), 0x01000193)
  }
  const high = (a ^ (a >>> 15)) >>> 0
  const low = (b ^ (b >>> 13)) >>> 11
  return (high * 2 ** 21 + low) / 2 ** 53
}
