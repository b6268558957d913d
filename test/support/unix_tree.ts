// A small machine for the collectors of prometheus.exporter.unix: files of /proc and /sys in a
// directory that the test owns, and the page that a collector makes of them.

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type {
  BuildCollector,
  UnixArguments,
} from '../../src/components/prometheus/exporter/unix/collector.ts'
import { hostOf } from '../../src/components/prometheus/exporter/unix/host.ts'
import { declaration } from '../../src/components/prometheus/exporter/unix.ts'
import type { Logger } from '../../src/model/logger.ts'
import { silentLogger } from '../../src/model/logger.ts'
import { MetricPage } from '../../src/wire/exposition/metric_page.ts'
import { decodeText } from './decode_text.ts'

/** Contents by path, as `proc/loadavg`; `-> target` makes a symbolic link. */
export type Tree = Readonly<Record<string, string>>

export interface CollectOptions {
  /** Arguments of the component, in its own language. */
  readonly args?: string
  readonly logger?: Logger
}

/** The samples of the page that a collector makes, without HELP and TYPE. */
export async function samplesOf(
  build: BuildCollector,
  tree: Tree,
  options: CollectOptions = {},
): Promise<string[]> {
  const lines = (await pageOf(build, tree, options)).split('\n')
  return lines.filter((line) => line !== '' && !line.startsWith('#'))
}

/** The whole page that a collector makes. Rejects where the collector does. */
export async function pageOf(
  build: BuildCollector,
  tree: Tree,
  options: CollectOptions = {},
): Promise<string> {
  const [page = ''] = await pagesOf(build, [tree], options)
  return page
}

/** The pages of one collector, each after the files of one more tree were written. */
export function pagesOf(
  build: BuildCollector,
  trees: readonly Tree[],
  { args = '', logger = silentLogger }: CollectOptions = {},
): Promise<string[]> {
  return withDirectory(async (root) => {
    writeTree(root, trees[0] ?? {})
    const decoded = unixArguments(`${pathArguments(root)}\n${args}`)
    const collector = await build({ args: decoded, host: hostOf(decoded), logger })
    const pages: string[] = []
    for (const [i, tree] of trees.entries()) {
      if (i > 0) writeTree(root, tree)
      const page = new MetricPage()
      await collector.collect(page)
      pages.push(page.text())
    }
    return pages
  })
}

/** A directory for the time of `use`. */
export async function withDirectory<T>(use: (root: string) => Promise<T>): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), 'unix-tree-'))
  try {
    return await use(root)
  } finally {
    rmSync(root, { recursive: true })
  }
}

export function writeTree(root: string, tree: Tree): void {
  for (const [path, content] of Object.entries(tree)) write(join(root, path), content)
}

/** The arguments of a component with this body. */
export function unixArguments(body = ''): UnixArguments {
  return decodeText(declaration.arguments, body)
}

/** The arguments that make `root` the machine. */
export function pathArguments(root: string): string {
  return `
    procfs_path = "${root}/proc"
    sysfs_path = "${root}/sys"
    rootfs_path = "${root}"
    udev_data_path = "${root}/udev"
  `
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true })
  if (content.startsWith('-> ')) symlinkSync(content.slice(3), path)
  else writeFileSync(path, content)
}
