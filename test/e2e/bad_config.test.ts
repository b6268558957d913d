// Reports of broken configurations, byte for byte, by the built program.

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from './support/process.ts'

const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url))
const folder = fileURLToPath(new URL('../fixtures/bad/config/', import.meta.url))

function start(command: string, file: string) {
  const storage = join(temporaryFolder(), 'data')
  const flags = ['--server.http.listen-addr=127.0.0.1:0', `--storage.path=${storage}`]
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [program, command, ...(command === 'run' ? flags : ['--checks=upstream']), file],
    { cwd: folder, encoding: 'utf8', timeout: 30_000 },
  )
  // Before the report of run there are logs.
  return { status, stdout, stderr: stderr.replace(/^ts=.*\n/gm, '') }
}

const ends = {
  validate: 'Error: validation failed\n',
  run: 'Error: could not perform the initial load successfully\n',
}

const reports: readonly [file: string, command: 'validate' | 'run', report: readonly string[]][] = [
  [
    'missing_bracket.alloy',
    'validate',
    [
      'Error: missing_bracket.alloy:7:1: expected expression, got }',
      '',
      '6 |     targets = [',
      '7 | }',
      '  | ^',
      '8 | ',
      '',
      'Error: missing_bracket.alloy:8:1: expected ], got EOF',
      '',
      '7 | }',
      '8 | ',
      '  | ',
    ],
  ],
  [
    'duplicate_component.alloy',
    'run',
    [
      'Error: duplicate_component.alloy:4:1: block prometheus.echo.x already declared at duplicate_component.alloy:3:1',
      '',
      '3 | prometheus.echo "x" { }',
      '4 | prometheus.echo "x" { }',
      '  | ^^^^^^^^^^^^^^^^^',
      '5 | ',
    ],
  ],
  [
    'missing_attribute.alloy',
    'run',
    [
      'Error: missing_attribute.alloy:3:1: Failed to build component: decoding configuration: missing required attribute "forward_to"',
      '',
      '2 |   // run: 3:1 Failed to build component: decoding configuration: missing required attribute "forward_to"',
      '3 |   prometheus.scrape "x" {',
      '  |  _^^^^^^^^^^^^^^^^^^^^^^^',
      '4 | |     targets = []',
      '5 | | }',
      '  | |_^',
      '6 |   ',
    ],
  ],
  [
    'argument_at_root.alloy',
    'run',
    [
      'Error: argument_at_root.alloy:3:1: argument blocks only allowed inside a module',
      '',
      '2 | // run: 3:1 argument blocks only allowed inside a module',
      '3 | argument "x" { }',
      '  | ^^^^^^^^^^^^^^^^',
      '4 | ',
    ],
  ],
  [
    'service_twice.alloy',
    'run',
    [
      'Error: service_twice.alloy:4:1: duplicate definition of "http"',
      '',
      '3 | http { }',
      '4 | http { }',
      '  | ^^^^^^^^',
      '5 | ',
    ],
  ],
  ['cycle.alloy', 'run', ['Error: -: cycle: discovery.relabel.a, discovery.relabel.b']],
]

describe('reports', () => {
  it.each(reports)('%s by %s', (file, command, report) => {
    expect(start(command, file)).toEqual({
      status: 1,
      stdout: '\n',
      stderr: `${report.join('\n')}\n${ends[command]}`,
    })
  })
})
