// Blocks whose names are taken, but which nobody may write.

import type { BlockDeclaration } from '../../schema/declaration.ts'

function closed(name: string, summary: string): BlockDeclaration {
  return {
    name,
    summary,
    stability: 'generally-available',
    label: 'none',
    where: 'root',
    service: true,
    configurable: false,
  }
}

export const cluster = closed('cluster', 'Clustering; set by flags.')
export const otel = closed('otel', 'The engine of OpenTelemetry components.')
export const ui = closed('ui', 'The browser UI; set by flags.')
