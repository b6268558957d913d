// How changes of a file are noticed.

import { oneOf } from '../../schema/texts.ts'

export const fileDetector = oneOf(['fsnotify', 'poll'], {
  otherwise: (written) => `unrecognized detector "${written}", expected fsnotify or poll`,
  zero: { shown: 'Detector(0)', means: 'fsnotify' },
})
