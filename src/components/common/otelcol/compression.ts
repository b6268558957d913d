// Compression of what exporters send.
// Source of the behaviour: alloy/internal/component/otelcol/config_grpc.go.

import { oneOf } from '../../../schema/texts.ts'

export const compressionType = oneOf(['deflate', 'gzip', 'none', 'snappy', 'zlib', 'zstd'], {
  otherwise: (written) => `unrecognized compression type "${written}"`,
})
