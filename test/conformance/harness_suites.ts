// Suite name → the modules that run its cases. A suite without modules counts its cases as failed.

import type { Suite } from './harness.ts'

type Load = () => Promise<Suite>

export const suites: Record<string, readonly Load[]> = {
  'alloy-decode': [() => import('./decode.ts')],
  'alloy-eval': [() => import('./eval.ts'), () => import('./eval_blocks.ts')],
  'alloy-fmt': [() => import('./fmt.ts')],
  'alloy-minted': [() => import('./minted.ts'), () => import('./minted_eval.ts')],
  'alloy-parse': [() => import('./parse.ts')],
  'alloy-runtime': [() => import('./runtime.ts'), () => import('./runtime_tables.ts')],
  'alloy-validate': [() => import('./validate.ts')],
  cluster: [],
  'config-corpus': [() => import('./corpus.ts')],
  'convert-otelcol': [],
  'convert-prometheus': [],
  'convert-promtail': [],
  'convert-static': [],
  'exporter-instance': [() => import('./exporter_instance.ts')],
  'loki-minted': [],
  'loki-misc': [],
  'loki-stages': [],
  'node-exporter': [() => import('./node_exporter.ts')],
  openmetrics: [() => import('./openmetrics.ts')],
  'otel-golden': [],
  'otel-minted': [],
  ottl: [],
  payloads: [],
  'prom-config': [],
  'prom-relabel': [() => import('./relabel.ts')],
  'prom-remote-write': [],
  'prom-textparse': [() => import('./textparse.ts')],
  'prom-wal': [() => import('./wal.ts')],
}
