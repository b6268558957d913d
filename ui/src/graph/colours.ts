// The colours of the theme, for the canvas, which knows no CSS variables.

import type { HealthState } from '../parts/health.tsx'
import { type FlowType, flowTypes } from './rates.ts'

export interface Colours {
  readonly background: string
  readonly surface: string
  readonly frame: string
  readonly line: string
  readonly idle: string
  readonly text: string
  readonly faint: string
  readonly accent: string
  readonly accentSoft: string
  readonly health: Readonly<Record<HealthState, string>>
  readonly soft: Readonly<Record<HealthState, string>>
  readonly flow: Readonly<Record<FlowType, string>>
  readonly mono: string
  readonly sans: string
}

/** As they are in `element` now. */
export function coloursOf(element: HTMLElement): Colours {
  const probe = document.createElement('span')
  element.append(probe)
  const colour = (name: string) => {
    probe.style.color = `var(--${name})`
    return getComputedStyle(probe).color
  }
  const font = (name: string) => getComputedStyle(element).getPropertyValue(`--${name}`)
  const colours: Colours = {
    background: colour('bg'),
    surface: colour('surface'),
    frame: colour('surface-2'),
    line: colour('line-strong'),
    idle: colour('line-strong'),
    text: colour('text'),
    faint: colour('text-3'),
    accent: colour('accent'),
    accentSoft: colour('accent-soft'),
    health: {
      healthy: colour('healthy'),
      unhealthy: colour('unhealthy'),
      unknown: colour('unknown'),
      exited: colour('exited'),
    },
    soft: {
      healthy: colour('surface'),
      unhealthy: colour('unhealthy-soft'),
      unknown: colour('unknown-soft'),
      exited: colour('exited-soft'),
    },
    // Every type has its colour in tokens.css.
    flow: Object.fromEntries(flowTypes.map((type) => [type, colour(`flow-${type}`)])) as Record<
      FlowType,
      string
    >,
    mono: font('mono'),
    sans: font('sans'),
  }
  probe.remove()
  return colours
}
