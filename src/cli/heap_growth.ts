// How much garbage the collector lets pile up before it looks through the heap.
// See docs/decisions/004-heap-growth.md.

import { setFlagsFromString } from 'node:v8'

/** Of what is alive; V8's own choice for a heap of 24 MB is 10. */
const growthPercent = 150

/** Call it before there is a heap to speak of. Whoever starts Node with the flag has their way. */
export function setHeapGrowth(nodeArguments: readonly string[]): void {
  if (nodeArguments.some((argument) => argument.includes('heap-growing-percent'))) return
  setFlagsFromString(`--heap-growing-percent=${growthPercent}`)
}
