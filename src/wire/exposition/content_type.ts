// Which parser a Content-Type header asks for.
// Source: prometheus/model/textparse/interface.go; mime.ParseMediaType of Go for the header's form.

import { quote } from '../../go/quote.ts'

export type ExpositionFormat = 'prometheus' | 'openmetrics' | 'protobuf'

/** What `scrape_protocols` and `scrape_fallback_protocol` take. */
export const protocols = {
  PrometheusProto: {
    mediaType: 'application/vnd.google.protobuf',
    accept:
      'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited',
  },
  'PrometheusText0.0.4': { mediaType: 'text/plain', accept: 'text/plain;version=0.0.4' },
  'PrometheusText1.0.0': { mediaType: 'text/plain', accept: 'text/plain;version=1.0.0' },
  'OpenMetricsText0.0.1': {
    mediaType: 'application/openmetrics-text',
    accept: 'application/openmetrics-text;version=0.0.1',
  },
  'OpenMetricsText1.0.0': {
    mediaType: 'application/openmetrics-text',
    accept: 'application/openmetrics-text;version=1.0.0',
  },
} as const

export type ScrapeProtocol = keyof typeof protocols

export interface ChosenFormat {
  /** Undefined where nothing can read the page. */
  readonly format?: ExpositionFormat
  /** Why the header did not decide, although a fallback may have. */
  readonly problem?: string
}

/** The parser for a response, by its header or else by the fallback, '' for none. */
export function chooseFormat(contentType: string, fallback: ScrapeProtocol | ''): ChosenFormat {
  const mediaType = fallback === '' ? '' : protocols[fallback].mediaType
  const { type, problem } = mediaTypeOf(contentType, mediaType)
  const format = formatOf(type ?? '')
  if (format !== undefined) return { format }
  const replacement = formatOf(mediaType)
  const reason = problem ?? unsupported(contentType, mediaType)
  return replacement === undefined ? { problem: reason } : { format: replacement, problem: reason }
}

function formatOf(mediaType: string): ExpositionFormat | undefined {
  switch (mediaType) {
    case 'application/openmetrics-text':
      return 'openmetrics'
    case 'application/vnd.google.protobuf':
      return 'protobuf'
    case 'text/plain':
      return 'prometheus'
    default:
      return undefined
  }
}

function unsupported(contentType: string, fallback: string): string {
  const seen = `received unsupported Content-Type ${quote(contentType)}`
  if (fallback === '') return `${seen} and no fallback_scrape_protocol specified for target`
  return `${seen}, using fallback_scrape_protocol ${quote(fallback)}`
}

function mediaTypeOf(contentType: string, fallback: string): { type?: string; problem?: string } {
  if (contentType === '') {
    const sent = 'non-compliant scrape target sending blank Content-Type'
    if (fallback !== '') {
      return { problem: `${sent}, using fallback_scrape_protocol ${quote(fallback)}` }
    }
    return { problem: `${sent} and no fallback_scrape_protocol specified for target` }
  }
  const problem = mediaTypeProblem(contentType)
  if (problem === undefined) {
    return { type: contentType.split(';', 1)[0]!.trim().toLowerCase() }
  }
  const seen = `cannot parse Content-Type ${quote(contentType)} and no fallback_scrape_protocol`
  if (fallback === '') return { problem: `${seen} for target: ${problem}` }
  return {
    problem:
      `could not parse received Content-Type ${quote(contentType)}, ` +
      `using fallback_scrape_protocol ${quote(fallback)}: ${problem}`,
  }
}

const token = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+"
const parameter = new RegExp(`^\\s*;\\s*(${token})\\s*=\\s*(?:(${token})|"((?:[^"\\\\]|\\\\.)*)")`)

/** What is wrong with the header as a media type, in the words of Go's `mime`. */
function mediaTypeProblem(header: string): string | undefined {
  const base = header.split(';', 1)[0]!
  const typeProblem = typeOrSubtypeProblem(base.trim().toLowerCase())
  if (typeProblem !== undefined) return typeProblem
  const seen = new Map<string, string>()
  let rest = header.slice(base.length)
  while (rest.trim() !== '') {
    const match = parameter.exec(rest)
    if (match === null) return rest.trim() === ';' ? undefined : 'mime: invalid media parameter'
    const name = match[1]!.toLowerCase()
    const value = match[2] ?? match[3] ?? ''
    if (seen.has(name) && seen.get(name) !== value) return 'mime: duplicate parameter name'
    seen.set(name, value)
    rest = rest.slice(match[0].length)
  }
  return undefined
}

function typeOrSubtypeProblem(text: string): string | undefined {
  const isToken = new RegExp(`^${token}`)
  const major = isToken.exec(text)?.[0] ?? ''
  if (major === '') return 'mime: no media type'
  const rest = text.slice(major.length)
  if (rest === '') return undefined
  if (!rest.startsWith('/')) return 'mime: expected slash after first token'
  const minor = isToken.exec(rest.slice(1))?.[0] ?? ''
  if (minor === '') return 'mime: expected token after slash'
  if (rest.length > minor.length + 1) return 'mime: unexpected content after media subtype'
  return undefined
}
