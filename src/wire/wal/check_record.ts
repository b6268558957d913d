// Whether a record can be read to its end.

import { decodeHistograms } from './histograms_record.ts'
import { RecordError } from './record_bytes.ts'
import { RecordType, recordTypeName } from './record_type.ts'
import { decodeSamples, SampleRows } from './samples_record.ts'
import { decodeSeries } from './series_record.ts'
import { decodeExemplars, decodeMetadata, decodeTombstones } from './side_records.ts'

const rows = new SampleRows()
const ignore = () => {}

/** Throws a RecordError where the record has a type that there is not, or is cut off. */
export function checkRecord(record: Uint8Array): void {
  const [type] = record
  if (recordTypeName(type) === undefined) {
    throw new RecordError(
      type === undefined ? 'a record is empty' : `a record has type ${type}, which there is not`,
    )
  }
  if (type === RecordType.series) decodeSeries(record, ignore)
  else if (type === RecordType.samples || type === RecordType.samplesV2) decodeSamples(record, rows)
  else if (type === RecordType.exemplars) decodeExemplars(record, ignore)
  else if (type === RecordType.metadata) decodeMetadata(record, ignore)
  else if (type === RecordType.tombstones) decodeTombstones(record, ignore)
  else if (type !== RecordType.mmapMarkers) decodeHistograms(record, ignore)
}
