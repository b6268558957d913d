// Lists of targets that multi-target exporters take in place of blocks.
// Source of the behaviour: alloy/internal/component/prometheus/exporter/{blackbox,snmp}.

type Listed = readonly ReadonlyMap<string, string>[]

/** `blocks` is how many targets are written as blocks. */
export function listedTargetsProblem(targets: Listed, blocks: number): string | undefined {
  if (targets.length > 0 && blocks > 0) {
    return 'the block `target` and the attribute `targets` are mutually exclusive'
  }
  for (const target of targets) {
    if (!target.has('name')) return 'all targets must have a `name`'
    if (!target.has('address') && !target.has('__address__')) {
      return 'all targets must have an `address` or an `__address__` label'
    }
  }
  return undefined
}
