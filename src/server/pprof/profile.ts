// Profiles as pprof reads them: https://github.com/google/pprof/blob/main/proto/profile.proto.

import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import {
  type FunctionInput,
  type LocationInput,
  Profile,
  type SampleInput,
  StringTable,
} from 'pprof-format'

export interface Frame {
  readonly name: string
  /** A path, a `node:` module, or empty for what is no JavaScript. */
  readonly file: string
  /** Of the function's beginning, from 1; 0 where there is none. */
  readonly line: number
}

export interface ValueType {
  readonly type: string
  readonly unit: string
}

export interface StackSample {
  /** The innermost first. */
  readonly frames: readonly Frame[]
  /** One for each type of the profile. */
  readonly values: readonly number[]
}

export interface StackProfile {
  /** `heap`, as in its path. */
  readonly name: string
  readonly types: readonly ValueType[]
  /** What is done once every `period` of its unit; absent where all is counted. */
  readonly sampling?: ValueType & { readonly period: number }
  /** Unix time in ms. */
  readonly startMs: number
  readonly durationMs: number
  readonly samples: readonly StackSample[]
}

const compress = promisify(gzip)

/** Encoded and compressed, off the event loop where it is long. */
export async function encodeProfile(profile: StackProfile): Promise<Uint8Array> {
  const tables = new Tables()
  const sampleType = profile.types.map((each) => tables.valueType(each))
  const sample = profile.samples.map(({ frames, values }): SampleInput => {
    return { locationId: frames.map((frame) => tables.location(frame)), value: [...values] }
  })
  const { sampling } = profile
  const encoded = await new Profile({
    sampleType,
    sample,
    mapping: [tables.mapping],
    location: tables.locations,
    function: tables.functions,
    stringTable: tables.strings,
    timeNanos: BigInt(Math.round(profile.startMs)) * 1_000_000n,
    durationNanos: Math.round(profile.durationMs * 1e6),
    ...(sampling && { periodType: tables.valueType(sampling), period: sampling.period }),
  }).encodeAsync()
  return compress(encoded)
}

/** What is written once, and referred to from then on. */
class Tables {
  readonly strings = new StringTable()
  readonly functions: FunctionInput[] = []
  readonly locations: LocationInput[] = []
  /** Says that names and lines are known, so that no reader looks for the program's symbols. */
  readonly mapping = {
    id: 1,
    filename: this.strings.dedup('node'),
    hasFunctions: true,
    hasFilenames: true,
    hasLineNumbers: true,
  }
  readonly #ids = new Map<string, number>()

  valueType({ type, unit }: ValueType) {
    return { type: this.strings.dedup(type), unit: this.strings.dedup(unit) }
  }

  /** A function and its location have the same id. */
  location({ name, file, line }: Frame): number {
    const key = `${file}\0${line}\0${name}`
    const known = this.#ids.get(key)
    if (known !== undefined) return known
    const id = this.#ids.size + 1
    this.#ids.set(key, id)
    const text = this.strings.dedup(name)
    const filename = this.strings.dedup(file)
    this.functions.push({ id, name: text, systemName: text, filename, startLine: line })
    this.locations.push({ id, mappingId: this.mapping.id, line: [{ functionId: id, line }] })
    return id
  }
}

/** For people: the heaviest stacks first, the innermost frame first. */
export function printProfile({ name, types, samples }: StackProfile): string {
  const total = samples.reduce((sum, { values }) => sum + (values[0] ?? 0), 0)
  const units = types.map(({ type, unit }) => (type === unit ? type : `${type}/${unit}`))
  const lines = samples
    .toSorted((a, b) => (b.values.at(-1) ?? 0) - (a.values.at(-1) ?? 0))
    .map(({ frames, values }) => {
      const stack = frames.map((frame) => `#\t${printFrame(frame)}\n`).join('')
      return `${values.join(' ')} @\n${stack}\n`
    })
  return `${name} profile: total ${total}\n# ${units.join(' ')}\n${lines.join('')}`
}

function printFrame({ name, file, line }: Frame): string {
  return file === '' ? name : `${name}\t${file}:${line}`
}
