// What remote.kubernetes.configmap and remote.kubernetes.secret share.

import { string } from '../../schema/scalars.ts'
import { defaultedBlock, optional, required, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'
import { kubernetesClient } from './kubernetes.ts'

export const remoteKubernetesArguments = schema(
  {
    namespace: required(string, 'Namespace of the resource.'),
    name: required(string, 'Name of the resource.'),
    poll_frequency: optional(duration, '1m0s', 'Time from one reading to the next.'),
    poll_timeout: optional(duration, '15s', 'Time after which a reading has failed.'),
    client: defaultedBlock(kubernetesClient, 'Kubernetes API to ask.', {
      absent: { enable_http2: false, follow_redirects: false },
    }),
  },
  {
    check: ({ poll_frequency, poll_timeout }, fail) => {
      if (poll_frequency <= 0)
        return fail('poll_frequency must be greater than 0', 'poll_frequency')
      // The words are the original's; what it wants is more than 0.
      if (poll_timeout <= 0) fail('poll_timeout must not be greater than 0', 'poll_timeout')
    },
  },
)
