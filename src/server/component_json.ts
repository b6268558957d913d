// Components as the API shows them, keys in upstream's order.
// Source of the behaviour: alloy/internal/component/component_provider.go.

import type { ComponentView } from '../engine/component_view.ts'
import type { DebugBody } from '../engine/debug_info.ts'
import { jsonString } from '../go/json_text.ts'
import { formatRfc3339 } from '../go/rfc3339.ts'
import { goStyle, type JsonStyle } from '../schema/value_json.ts'
import { bodyPieces } from './alloy_json.ts'

/** The list of a module's components; of each only health is filled in. */
export function* listPieces(components: readonly ComponentView[]): Generator<string> {
  yield '['
  let comma = ''
  for (const component of components) {
    yield `${comma}${head(component)},"arguments":[],"exports":[],"debugInfo":[]${tail(component)}`
    comma = ','
  }
  yield ']'
}

/** One component with arguments, exports and debug info. */
export function* detailPieces(component: ComponentView): Generator<string> {
  yield head(component)
  const style = styleOf(component)
  yield* partPieces('arguments', component.arguments(), style)
  yield* partPieces('exports', component.exports(), style)
  yield* partPieces('debugInfo', component.debugInfo())
  yield tail(component)
}

/** How its bodies are printed: with its mask over texts, one by one, for there may be 100,000s. */
export function styleOf({ mask }: ComponentView): JsonStyle {
  return mask === undefined ? goStyle : { ...goStyle, string: (text) => jsonString(mask(text)) }
}

function* partPieces(name: string, body: DebugBody, style = goStyle): Generator<string> {
  yield `,"${name}":`
  yield* bodyPieces(body, style)
}

function head(component: ComponentView): string {
  const { state, message, updatedMs } = component.health()
  const label = component.label === '' ? '' : `,"label":${jsonString(component.label)}`
  return (
    `{"name":${jsonString(component.name)},"type":"block"` +
    `,"localID":${jsonString(component.localId)},"moduleID":${jsonString(component.moduleId)}` +
    `${label},"referencesTo":${list(component.referencesTo)}` +
    `,"referencedBy":${list(component.referencedBy)}` +
    `,"dataFlowEdgesTo":${list(component.dataFlowEdgesTo)}` +
    `,"health":{"state":"${state}","message":${jsonString(message)}` +
    `,"updatedTime":"${formatRfc3339(updatedMs)}"},"original":""`
  )
}

function tail({ createdModuleIds, supportsLiveDebugging }: ComponentView): string {
  const created =
    createdModuleIds.length === 0 ? '' : `,"createdModuleIDs":${list(createdModuleIds)}`
  return `${created},"liveDebuggingEnabled":${supportsLiveDebugging}}`
}

function list(texts: readonly string[]): string {
  return `[${texts.map(jsonString).join(',')}]`
}
