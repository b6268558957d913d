// import.file: modules from a file or a folder.

import { declareBlock } from '../../../schema/declaration.ts'
import { string } from '../../../schema/scalars.ts'
import { optional, required, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { fileDetector } from '../../common/file_detector.ts'

export const declaration = declareBlock({
  name: 'import.file',
  stability: 'generally-available',
  summary: 'Modules from a file or a folder.',
  label: 'required',
  where: 'any',
  arguments: schema({
    filename: required(string, 'Path of the file or folder.'),
    detector: optional(fileDetector, 'fsnotify', 'How changes are noticed: fsnotify or poll.'),
    poll_frequency: optional(duration, '1m', 'Time from one look at the file to the next.'),
  }),
})
