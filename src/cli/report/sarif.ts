// SARIF 2.1.0, which code scanning of GitHub, Azure and editors reads.

import { isAbsolute } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Rule } from '../../lint/rule.ts'
import { concealedText } from '../../syntax/concealed.ts'
import type { Diagnostic } from '../../syntax/diagnostics.ts'
import type { CheckedConfig, Findings } from './findings.ts'
import { placeOf } from './place.ts'

const schema = 'https://json.schemastore.org/sarif-2.1.0.json'

export function sarifReport({ configs, rules, version }: Findings): string {
  const indexes = new Map(rules.map(({ code }, i) => [code, i]))
  const log = {
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'alloyts',
            fullName: `alloyts ${version}`,
            semanticVersion: version,
            informationUri: 'https://www.npmjs.com/package/alloyts',
            organization: 'alloyts',
            rules: rules.map(sarifRule),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [{ executionSuccessful: true }],
        results: configs.flatMap((config) => {
          return config.diagnostics.map((diagnostic) => result(diagnostic, config, indexes))
        }),
      },
    ],
  }
  return `${JSON.stringify(log, undefined, 2)}\n`
}

function sarifRule({ code, severity, summary }: Rule) {
  return {
    id: code,
    shortDescription: { text: summary },
    fullDescription: { text: summary },
    help: { text: `${summary} See docs/lints/${code}.md.` },
    defaultConfiguration: { level: severity },
  }
}

function result(
  diagnostic: Diagnostic,
  config: CheckedConfig,
  indexes: ReadonlyMap<string, number>,
) {
  const { severity, code = 'alloyts', message, span, hint } = diagnostic
  const place = span && placeOf(span)
  const region = place && {
    startLine: place.line,
    startColumn: place.column,
    endLine: place.endLine,
    endColumn: place.endColumn,
    snippet: { text: concealedText(span.source, span.start, span.end, config.concealed) },
  }
  const ruleIndex = indexes.get(code)
  return {
    ruleId: code,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: severity,
    message: { text: hint === undefined ? message : `${message}\n${hint}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(place?.file ?? config.path) },
          region: region ?? wholeFile,
        },
      },
    ],
  }
}

/** For what has no place in it, such as that it cannot be read. */
const wholeFile = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 }

/** Relative paths stay relative: the reader knows the folder. */
function uriOf(path: string): string {
  if (isAbsolute(path)) return pathToFileURL(path).href
  return path.split(/[/\\]/).map(encodeURIComponent).join('/').replace(/^\.\//, '')
}
