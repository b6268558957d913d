// Which modules of a configuration are certain to be loaded: those that an instance exists of.

import type { Custom, StaticModule, StaticNode } from './model.ts'

/** The root and, from there, every module that is loaded with it. */
export function usedModules(root: StaticModule): ReadonlySet<StaticModule> {
  const used = new Set<StaticModule>()
  const waiting: StaticModule[] = [root]
  for (let module = waiting.pop(); module !== undefined; module = waiting.pop()) {
    if (used.has(module)) continue
    used.add(module)
    for (const inner of module.modules) {
      if (inner.kind === 'template' && hasItems(module, inner)) waiting.push(inner)
    }
    for (const node of module.nodes) {
      const instance = node.kind === 'custom' ? moduleOf(node, module) : undefined
      if (instance !== undefined) waiting.push(instance)
    }
  }
  return used
}

/** The root and all modules inside, whether anything uses them or not. */
export function allModules(root: StaticModule): readonly StaticModule[] {
  return [root, ...root.modules.flatMap(allModules)]
}

/** What the instance `around` a namespace and a name stands for. */
export function customOf(node: StaticNode, around: StaticModule): Custom | undefined {
  return around.custom(node.block.name.split('.')[0] ?? '')
}

/** The declare that an imported component's name means, where its import has it. */
export function importedDeclare(
  { block }: StaticNode,
  module: StaticModule,
): StaticModule | undefined {
  const [, ...names] = block.name.split('.')
  const custom = module.custom(names.join('.'))
  return custom?.kind === 'declare' ? custom.module : undefined
}

function moduleOf(node: StaticNode, around: StaticModule): StaticModule | undefined {
  const custom = customOf(node, around)
  if (custom?.kind === 'declare') return custom.module
  const module = custom?.imported.module
  return module === undefined ? undefined : importedDeclare(node, module)
}

/** Without items a template is never looked at. */
function hasItems(module: StaticModule, template: StaticModule): boolean {
  const loop = module.nodes.find(({ block }) => block === template.block)
  const { collection } = loop?.decoding?.args ?? {}
  return Array.isArray(collection) && collection.length > 0
}
