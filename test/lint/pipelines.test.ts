// Lints of what leads where: receivers, targets, exports, modules, ports.

import { describe, expect, it } from 'vitest'
import { lintText } from '../support/lint_text.ts'

const echo = 'prometheus.echo "e" { }'

function scrape(targets: string, forwardTo = '[prometheus.echo.e.receiver]', more = ''): string {
  return `prometheus.scrape "s" {\ntargets = ${targets}\nforward_to = ${forwardTo}\n${more}\n}\n${echo}`
}

const target = '{"__address__" = "a"}'

describe('pipelines', () => {
  it.each<[code: string, what: string, text: string, findings: readonly string[]]>([
    [
      'empty-forward-to',
      'in brackets',
      scrape(`[${target}]`, '([])'),
      ['3:1 what prometheus.scrape.s has is sent to nobody'],
    ],
    [
      'empty-forward-to',
      'rules that are read',
      'prometheus.relabel "r" { forward_to = [] }\nprometheus.relabel "t" {\nforward_to = array.concat([], [prometheus.relabel.r.rules])\n}',
      [],
    ],
    [
      'empty-forward-to',
      'an output of empty lists',
      'otelcol.processor.batch "b" {\noutput {\ntraces = []\n}\n}',
      ['2:1 what otelcol.processor.batch.b has is sent to nobody'],
    ],
    [
      'empty-forward-to',
      'an output of something',
      'otelcol.processor.batch "b" {\noutput {\ntraces = [otelcol.exporter.otlp.o.input]\n}\n}\notelcol.exporter.otlp "o" {\nclient {\nendpoint = "x:1"\n}\n}',
      [],
    ],
    ['empty-targets', 'none', scrape('[]'), ['2:1 prometheus.scrape.s has no targets']],
    ['empty-targets', 'some', scrape(`[${target}]`), []],
    [
      'duplicate-receiver',
      'twice',
      scrape(`[${target}]`, '[prometheus.echo.e.receiver, prometheus.echo.e.receiver]'),
      ['3:43 prometheus.echo.e.receiver gets everything twice'],
    ],
    [
      'duplicate-target',
      'joined lists',
      scrape(`array.concat([${target}], [${target}])`),
      ['2:50 this target stands in the list already'],
    ],
    [
      'duplicate-target',
      'one export twice',
      `prometheus.exporter.self "x" { }\n${scrape('array.concat(prometheus.exporter.self.x.targets, prometheus.exporter.self.x.targets)')}`,
      ['3:60 this target stands in the list already'],
    ],
    ['duplicate-target', 'other values', scrape(`[${target}, {"__address__" = "b"}]`), []],
    [
      'unused-component',
      'a processor in a declare',
      'declare "d" {\nprometheus.relabel "r" { forward_to = [] }\n}\nd "d" { }',
      ['2:1 nothing is sent to prometheus.relabel.r.receiver'],
    ],
    [
      'unused-component',
      'what a template uses',
      `${echo}\nforeach "f" {\ncollection = [1]\nvar = "v"\ntemplate {\nprometheus.scrape "s" {\ntargets = []\nforward_to = [prometheus.echo.e.receiver]\n}\n}\n}`,
      [],
    ],
    [
      'unused-component',
      'what a declare exports',
      'declare "d" {\nprometheus.echo "e" { }\nexport "r" { value = prometheus.echo.e.receiver }\n}\nd "d" { }',
      [],
    ],
    ['unused-component', 'a source', scrape(`[${target}]`), []],
    [
      'unused-component',
      'content',
      'local.file "f" { filename = "/x" }',
      ['1:1 nothing reads local.file.f.content'],
    ],
    [
      'federate-labels',
      'another path',
      scrape(`[${target}]`, '[prometheus.echo.e.receiver]', 'metrics_path = "/metrics"'),
      [],
    ],
  ])('%s: %s', async (code, _, text, findings) => {
    expect(await lintText(text, code)).toEqual(findings)
  })
})

describe('modules', () => {
  it.each<[code: string, what: string, text: string, findings: readonly string[]]>([
    [
      'unused-argument',
      'an index that is not known',
      'declare "d" {\nargument "x" { }\nexport "y" { value = argument["x"] }\n}\nd "d" { x = 1 }',
      [],
    ],
    [
      'unused-argument',
      'in a template',
      'declare "d" {\nargument "x" { }\nforeach "f" {\ncollection = []\nvar = "v"\ntemplate {\nlocal.file "l" { filename = argument.x.value }\n}\n}\n}\nd "d" { x = 1 }',
      [],
    ],
    [
      'unused-declare',
      'used by another',
      `declare "a" {\n${echo}\n}\ndeclare "b" {\na "a" { }\n}\nb "b" { }`,
      [],
    ],
    [
      'unused-declare',
      'in a declare',
      `declare "a" {\ndeclare "b" { }\n${echo}\n}\na "a" { }`,
      ['2:1 there is no instance of b'],
    ],
    ['unused-declare', 'a library', `declare "a" {\n${echo}\n}`, []],
    [
      'unused-import',
      'used in a declare',
      `import.string "m" { content = "declare \\"x\\" { }" }\ndeclare "a" {\nm.x "x" { }\n}\na "a" { }`,
      [],
    ],
  ])('%s: %s', async (code, _, text, findings) => {
    expect(await lintText(text, code)).toEqual(findings)
  })
})

describe('duplicate-listener', () => {
  const api = (label: string, http: string) =>
    `loki.source.api "${label}" {\nforward_to = []\nhttp {\n${http}\n}\n}`

  it.each<[what: string, text: string, findings: number]>([
    ['one port', `${api('a', 'listen_port = 1')}\n${api('b', 'listen_port = 1')}`, 1],
    [
      'two addresses',
      api('a', 'listen_port = 1\nlisten_address = "127.0.0.1"') +
        '\n' +
        api('b', 'listen_port = 1\nlisten_address = "127.0.0.2"'),
      0,
    ],
    [
      'all and one',
      api('a', 'listen_port = 1\nlisten_address = "0.0.0.0"') +
        '\n' +
        api('b', 'listen_port = 1\nlisten_address = "127.0.0.1"'),
      1,
    ],
    ['any free port', `${api('a', 'listen_port = 0')}\n${api('b', 'listen_port = 0')}`, 0],
    [
      'tcp and udp',
      'otelcol.receiver.syslog "a" {\ntcp {\nlisten_address = "0.0.0.0:514"\n}\nudp {\nlisten_address = "0.0.0.0:514"\n}\noutput { }\n}',
      0,
    ],
    [
      'two listeners of one component',
      'loki.source.syslog "a" {\nforward_to = []\nlistener {\naddress = "127.0.0.1:514"\n}\nlistener {\naddress = "localhost:514"\n}\n}',
      1,
    ],
  ])('%s', async (_, text, findings) => {
    expect(await lintText(text, 'duplicate-listener')).toHaveLength(findings)
  })
})
