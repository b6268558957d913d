// alloy-validate: configurations and the whole report that validation prints.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { renderReport } from '../../src/syntax/report.ts'
import { checkSources } from '../support/check_text.ts'
import { type Case, difference, filesIn, readLines } from './harness.ts'
import { sectionsOf } from './txtar.ts'

interface Row {
  readonly id: string
  readonly config?: string
  readonly sources?: Readonly<Record<string, string>>
  /** A file beside the suite that holds the text. */
  readonly source?: string
  readonly flags?: string | readonly string[]
  readonly report: string
}

export async function* cases(dir: string): AsyncGenerator<Case> {
  for (const file of filesIn(dir, '{default,ga}/*.txtar')) {
    const isGa = file.startsWith('ga/')
    const id = `alloy-validate/${file.replace('.txtar', '')}`
    yield {
      id,
      run: async () => {
        const expected = read(join(dir, file.replace('.txtar', '.diags')))
        return compare(
          sectionsOf(read(join(dir, file))),
          { open: !isGa, community: false },
          expected,
        )
      },
    }
  }
  for (const row of readLines<Row>(dir, 'minted.ndjson')) {
    yield {
      id: row.id,
      run: async () => {
        const { config, sources, source, report } = row
        const text = config ?? (source === undefined ? '' : read(join(dir, '..', source)))
        const open = String(row.flags ?? '').includes('experimental')
        return compare(sources ?? { 'config.alloy': text }, { open, community: open }, report)
      },
    }
  }
}

async function compare(
  sources: Readonly<Record<string, string>>,
  gates: { readonly open: boolean; readonly community: boolean },
  expected: string,
): Promise<string | undefined> {
  const files = Object.entries(sources).sort(([a], [b]) => (a < b ? -1 : 1))
  const { diagnostics } = await checkSources(
    files.map(([name, text]) => ({ name, bytes: Buffer.from(text) })),
    {
      features: {
        stability: gates.open ? 'experimental' : 'generally-available',
        community: gates.community,
      },
    },
  )
  return difference(renderReport(diagnostics), expected)
}

function read(file: string): string {
  return readFileSync(file, 'utf8')
}
