// Which files a write-ahead log consists of.
//
//   00000008, 00000009, …            segments, without a gap
//   checkpoint.00000007/00000000 …   what is left of segments 0 to 7
//   checkpoint.00000012.tmp          one that was being made; also *.repair: not read

import { join } from 'node:path'
import type { Files } from '../files.ts'

export interface SegmentFile {
  readonly index: number
  readonly path: string
}

export interface WalLayout {
  readonly folder: string
  /** Ascending. */
  readonly segments: readonly SegmentFile[]
  /** The newest. */
  readonly checkpoint?: {
    /** Of the last segment that it stands for. */
    readonly index: number
    readonly folder: string
    readonly segments: readonly SegmentFile[]
  }
  /** Of segments that should be between the others, or before them where no checkpoint is. */
  readonly missing: readonly number[]
  /** Older checkpoints and what was left half made. */
  readonly leftovers: readonly string[]
}

export function segmentName(index: number): string {
  return String(index).padStart(8, '0')
}

export function checkpointName(index: number): string {
  return `checkpoint.${segmentName(index)}`
}

export function layoutOf(files: Files, folder: string): WalLayout {
  const names = files.list(folder)
  const checkpoints = names
    .flatMap((name) => /^checkpoint\.(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)
  const newest = checkpoints.pop()
  const leftovers = [
    ...names.filter((name) => name.endsWith('.tmp') || name.endsWith('.repair')),
    ...checkpoints.map(checkpointName),
  ].map((name) => join(folder, name))
  const segments = segmentsIn(files, folder)
  const missing: number[] = []
  const [first] = segments
  const last = segments.at(-1)
  if (first !== undefined && last !== undefined) {
    const known = new Set(segments.map(({ index }) => index))
    const from = newest === undefined ? first.index : Math.min(first.index, newest + 1)
    for (let index = from; index < last.index; index++) if (!known.has(index)) missing.push(index)
    if (newest === undefined && first.index > 0) missing.unshift(first.index - 1)
  }
  if (newest === undefined) return { folder, segments, missing, leftovers }
  const checkpointFolder = join(folder, checkpointName(newest))
  const checkpoint = {
    index: newest,
    folder: checkpointFolder,
    segments: segmentsIn(files, checkpointFolder),
  }
  return { folder, segments, checkpoint, missing, leftovers }
}

function segmentsIn(files: Files, folder: string): SegmentFile[] {
  return files
    .list(folder)
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ index: Number(name), path: join(folder, name) }))
    .sort((a, b) => a.index - b.index)
}
