// Which custom components a module may use: what it declares and imports itself, and what the
// modules around it do.

import type { Statement } from '../../syntax/tree.ts'

/** The body of a `declare`, and what blocks inside it may name. */
export interface Template {
  readonly body: readonly Statement[]
  /** Of the module that holds the `declare`. */
  readonly registry: Registry
}

/** Filled while a module is planned, and never changed afterwards. */
export class Registry {
  /** What `module_path` means in the module. */
  readonly modulePath: string
  readonly #parent: Registry | undefined
  readonly #declares = new Map<string, readonly Statement[]>()
  readonly #imports = new Map<string, () => Registry | undefined>()

  constructor(modulePath: string, parent?: Registry) {
    this.modulePath = modulePath
    this.#parent = parent
  }

  /** Of a module inside this one. */
  inner(): Registry {
    return new Registry(this.modulePath, this)
  }

  declare(label: string, body: readonly Statement[]): void {
    this.#declares.set(label, body)
  }

  /** `content` is what the import holds at the moment; nothing before it could be read. */
  import(label: string, content: () => Registry | undefined): void {
    this.#imports.set(label, content)
  }

  /** Whether blocks whose names begin so are custom components, whatever else has that name. */
  has(namespace: string): boolean {
    if (this.#declares.has(namespace) || this.#imports.has(namespace)) return true
    return this.#parent?.has(namespace) ?? false
  }

  /** What an import of this module or one around it holds; it changes when the content does. */
  imported(label: string): Registry | undefined {
    const own = this.#imports.get(label)
    return own === undefined ? this.#parent?.imported(label) : own()
  }

  /**
   * What instances of a name such as `lib.sender` or `sender` are made of. Nothing where the
   * `declare` is missing or empty, which the original does not tell apart.
   */
  template(name: string): Template | undefined {
    const [namespace, component] = splitName(name)
    const found = namespace === '' ? this.find(component) : this.imported(namespace)?.own(component)
    return found === undefined || found.body.length === 0 ? undefined : found
  }

  /** A `declare` of this module or one around it. */
  find(label: string): Template | undefined {
    return this.own(label) ?? this.#parent?.find(label)
  }

  own(label: string): Template | undefined {
    const body = this.#declares.get(label)
    return body === undefined ? undefined : { body, registry: this }
  }
}

/** The label of the import, empty for what is declared around, and that of the `declare`. */
export function splitName(name: string): [namespace: string, component: string] {
  const dot = name.indexOf('.')
  return dot < 0 ? ['', name] : [name.slice(0, dot), name.slice(dot + 1)]
}
