// remote.kubernetes.configmap: reads a ConfigMap of Kubernetes and exports it.

import { map } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { optionalSecret } from '../../../schema/scalars.ts'
import { remoteKubernetesArguments } from '../../common/remote_kubernetes.ts'

export const declaration = declare({
  name: 'remote.kubernetes.configmap',
  stability: 'generally-available',
  summary: 'Reads a ConfigMap of Kubernetes and exports it.',
  accepts: [],
  emits: [],
  arguments: remoteKubernetesArguments,
  exports: { data: exported(map(optionalSecret), 'The values, by key.') },
  metrics: {},
})
