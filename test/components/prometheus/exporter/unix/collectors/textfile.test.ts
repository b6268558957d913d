import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { textfile } from '../../../../../../src/components/prometheus/exporter/unix/collectors/textfile.ts'
import { hostOf } from '../../../../../../src/components/prometheus/exporter/unix/host.ts'
import { MetricPage } from '../../../../../../src/wire/exposition/metric_page.ts'
import { RecordingLogger } from '../../../../../support/recording_logger.ts'
import { pageOf, samplesOf, unixArguments } from '../../../../../support/unix_tree.ts'

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'textfile-'))
})

afterEach(() => rm(root, { recursive: true }))

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), text)
  await utimes(join(root, path), 1, 1.5)
}

/** Samples, with the test's directory left out of them. */
async function samples(directory: string): Promise<string[]> {
  const found = await samplesOf(textfile, {}, { args: block(directory) })
  return found.map((line) => line.replaceAll(`${root}/`, ''))
}

function block(directory: string): string {
  return `textfile { directory = ${JSON.stringify(directory)} }`
}

it('reads the files of a directory that end in .prom', async () => {
  await put('a.prom', 'a 1\n')
  await put('b.prom', 'b 2\n')
  await put('c.txt', 'c 3\n')
  expect(await samples(root)).toEqual([
    'a 1',
    'b 2',
    'node_textfile_mtime_seconds{file="a.prom"} 1',
    'node_textfile_mtime_seconds{file="b.prom"} 1',
    'node_textfile_scrape_error 0',
  ])
})

it('reads nothing where no directory is set', async () => {
  expect(await samples('')).toEqual(['node_textfile_scrape_error 0'])
})

it('fails for a directory that is not there', async () => {
  expect(await samples(`${root}/none`)).toEqual(['node_textfile_scrape_error 1'])
})

it('reads all directories that a pattern names', async () => {
  await put('a-1/x.prom', 'a 1\n')
  await put('a-2/x.prom', 'b 2\n')
  await put('b-1/x.prom', 'c 3\n')
  await put('a-3', 'no directory')
  expect((await samples(`${root}/a-[0-9]`)).slice(0, 2)).toEqual(['a 1', 'b 2'])
  expect((await samples(`${root}/?-*/`)).slice(0, 3)).toEqual(['a 1', 'b 2', 'c 3'])
})

it('leaves out a file that is wrong, and says so once', async () => {
  await put('bad.prom', 'not a metric line\n')
  await put('good.prom', 'a 1\n')
  expect(await samples(root)).toEqual([
    'a 1',
    'node_textfile_mtime_seconds{file="good.prom"} 1',
    'node_textfile_scrape_error 1',
  ])
})

it('says once what is wrong with a file', async () => {
  await put('bad.prom', 'not a metric line\n')
  const logger = new RecordingLogger()
  const args = unixArguments(block(root))
  const collector = await textfile({ args, host: hostOf(args), logger })
  await collector.collect(new MetricPage())
  await collector.collect(new MetricPage())
  expect(logger.lines.map((line) => line.replaceAll(root, ''))).toEqual([
    'error failed to collect textfile data file=/bad.prom err=failed to parse textfile data from "/bad.prom": strconv.ParseFloat: parsing "a": invalid syntax while parsing: "not a"',
  ])
})

it.each([
  ['the same help', '# HELP a A.\n', '# HELP a A.\n', 'A.', ['a{f="1"} 1', 'a{f="2"} 2'], 0],
  ['no help', '', '', 'Metric read from a.prom, b.prom', ['a{f="1"} 1', 'a{f="2"} 2'], 0],
  ['another help', '# HELP a A.\n', '# HELP a B.\n', 'A.', ['a{f="1"} 1'], 1],
  ['another type', '', '# TYPE a gauge\n', 'Metric read from a.prom', ['a{f="1"} 1'], 1],
])('merges files with %s', async (_, first, second, help, expected, error) => {
  await put('a.prom', `${first}a{f="1"} 1\n`)
  await put('b.prom', `${second}a{f="2"} 2\n`)
  const page = (await pageOf(textfile, {}, { args: block(root) })).replaceAll(`${root}/`, '')
  expect(page).toContain(`# HELP a ${help}\n`)
  expect(page.split('\n').filter((line) => line.startsWith('a{'))).toEqual(expected)
  expect(page).toContain(`node_textfile_scrape_error ${String(error)}\n`)
})
