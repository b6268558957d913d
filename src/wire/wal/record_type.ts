// What a record of a write-ahead log holds: its first byte.
// Source: prometheus/tsdb/record/record.go.

export const RecordType = {
  series: 1,
  samples: 2,
  tombstones: 3,
  exemplars: 4,
  mmapMarkers: 5,
  metadata: 6,
  histograms: 7,
  floatHistograms: 8,
  customHistograms: 9,
  customFloatHistograms: 10,
  samplesV2: 11,
  histogramsV2: 12,
  floatHistogramsV2: 13,
} as const

const names: readonly (readonly [name: string, type: number])[] = Object.entries(RecordType)

/** As in `RecordType`; undefined where there is no such type. */
export function recordTypeName(type: number | undefined): string | undefined {
  return names.find(([, known]) => known === type)?.[0]
}
