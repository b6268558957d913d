// Each format against its golden in testdata/; UPDATE=1 accepts what comes out. XML is read back by
// parsers of others, and JUnit's held against the schema that lies beside it.

import { readFileSync, writeFileSync } from 'node:fs'
import { DOMParser } from '@xmldom/xmldom'
import { describe, expect, it } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { checkstyleReport } from '../../../src/cli/report/checkstyle.ts'
import { type Findings, summarizeFindings } from '../../../src/cli/report/findings.ts'
import { githubReport } from '../../../src/cli/report/github.ts'
import { gitlabReport } from '../../../src/cli/report/gitlab.ts'
import { jsonReport } from '../../../src/cli/report/json.ts'
import { junitReport } from '../../../src/cli/report/junit.ts'
import { sarifReport } from '../../../src/cli/report/sarif.ts'
import { textNotes, textReport } from '../../../src/cli/report/text.ts'
import { noFindings, sampleFindings } from '../../support/report_findings.ts'

const findings = await sampleFindings()

function testdata(name: string): URL {
  return new URL(`testdata/${name}`, import.meta.url)
}

const text = (found: Findings) =>
  `${textReport(found)}${textNotes(found)}${summarizeFindings(found)}\n`

const formats: readonly (readonly [file: string, render: (found: Findings) => string])[] = [
  ['text.txt', text],
  ['json.json', jsonReport],
  ['github.txt', githubReport],
  ['gitlab.json', gitlabReport],
  ['sarif.json', sarifReport],
  ['junit.xml', junitReport],
  ['checkstyle.xml', checkstyleReport],
]

describe.each(formats)('%s', (file, render) => {
  it('is as the golden', () => {
    const report = render(findings)
    if (process.env.UPDATE === '1') writeFileSync(testdata(file), report)
    expect(report).toBe(readFileSync(testdata(file), 'utf8'))
  })

  it('repeats no secret', () => {
    expect(render(findings)).not.toContain('hunter22')
  })
})

const texts = (found: Findings) =>
  found.configs.flatMap(({ diagnostics }) =>
    diagnostics.map(({ message, hint }) => (hint === undefined ? message : `${message}\n${hint}`)),
  )

/** What XML has no character for is replaced. */
const inXml = (value: string) => value.replaceAll('\u0001', '\ufffd')

function elements(xml: string, name: string) {
  const document = new DOMParser({
    onError: (level, message) => {
      // It warns of characters that stand for others.
      if (level !== 'warning') throw new Error(`${level}: ${message}`)
    },
  }).parseFromString(xml, 'text/xml')
  return [...document.getElementsByTagName(name)]
}

describe('checkstyle', () => {
  const errors = elements(checkstyleReport(findings), 'error')

  it('says in XML what was found', () => {
    const messages = errors.map((each) => each.getAttribute('message'))
    expect(messages).toEqual(texts(findings).map(inXml))
  })

  it('names the files, those without findings too', () => {
    const names = elements(checkstyleReport(findings), 'file').map((each) =>
      each.getAttribute('name'),
    )
    expect(names).toEqual(findings.configs.map(({ path }) => path))
    expect(elements(checkstyleReport(noFindings), 'file')).toHaveLength(1)
  })

  it('has the severities and codes of the findings', () => {
    const own = findings.configs.flatMap(({ diagnostics }) => diagnostics)
    expect(errors.map((each) => each.getAttribute('source'))).toEqual(
      own.map(({ code }) => `alloyts.${code}`),
    )
    expect(errors.map((each) => each.getAttribute('severity'))).toEqual(
      own.map(({ severity }) => severity),
    )
  })
})

describe('JUnit', () => {
  const schema = readFileSync(testdata('junit.xsd'), 'utf8')

  it.each([
    ['findings', findings],
    ['none', noFindings],
  ] as const)('fits the schema with %s', async (_, found) => {
    const result = await validateXML({
      xml: { fileName: 'report.xml', contents: junitReport(found) },
      schema,
    })
    expect(result.errors).toEqual([])
    expect(result.valid).toBe(true)
  })

  it('has a schema that refuses', async () => {
    const contents = junitReport(noFindings).replace('<testcase name', '<testcase nome')
    expect((await validateXML({ xml: { fileName: 'a', contents }, schema })).valid).toBe(false)
  })

  it('counts what it holds', () => {
    const xml = junitReport(findings)
    const [all] = elements(xml, 'testsuites')
    expect(all?.getAttribute('tests')).toBe(String(elements(xml, 'testcase').length))
    expect(all?.getAttribute('failures')).toBe(String(elements(xml, 'failure').length))
  })
})

describe('places', () => {
  it('count UTF-16 units where others read them, bytes in our own JSON', () => {
    const misspelt = (list: readonly { message?: unknown }[]) =>
      list.find((each) => JSON.stringify(each).includes('unknwon'))
    const json = JSON.parse(jsonReport(findings))
    const sarif = JSON.parse(sarifReport(findings))
    expect(misspelt(json.diagnostics)).toMatchObject({ line: 4, column: 13 })
    expect(misspelt(sarif.runs[0].results)).toMatchObject({
      locations: [{ physicalLocation: { region: { startLine: 4, startColumn: 11 } } }],
    })
  })
})

describe('GitLab', () => {
  it('tells findings apart, wherever they stand', () => {
    const issues: { fingerprint: string }[] = JSON.parse(gitlabReport(findings))
    expect(new Set(issues.map((each) => each.fingerprint)).size).toBe(issues.length)
  })
})
