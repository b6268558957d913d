// The capsules that carry receivers from exports to arguments.

import { capsule } from '../schema/composites.ts'
import type { MetricsReceiver } from './samples.ts'

/** Shown as `prometheus.remote_write.default.receiver`. */
export const metricsReceiver = capsule<MetricsReceiver>('storage.Appendable', 'MetricsReceiver', {
  display: ({ id }) => `${id}.receiver`,
})

/** For components whose receiver the original shows by its type alone. */
export const namelessMetricsReceiver = capsule<MetricsReceiver>(
  'storage.Appendable',
  'MetricsReceiver',
)

// Declared for arguments and exports; what flows through them is not here yet.
export const logsReceiver = capsule<never>('loki.LogsReceiver', 'LogsReceiver')
export const otelConsumer = capsule<never>('otelcol.Consumer', 'otelcol.Consumer')
export const profilesReceiver = capsule<never>('pyroscope.Appendable', 'ProfilesReceiver')
export const authHandler = capsule<never>('auth.Handler', 'otelcol.Handler')
export const extensionHandler = capsule<never>('extension.ExtensionHandler', 'otelcol.Handler')
