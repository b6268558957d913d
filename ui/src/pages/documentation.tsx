import { client } from '../api/client.ts'
import { Loading, Notice, Panel } from '../parts/panel.tsx'
import { useEngine } from '../state/engine.ts'
import { useResource } from '../state/resource.ts'

interface Field {
  readonly name: string
  readonly kind: 'attr' | 'block' | 'enum'
  readonly doc: string
  readonly required?: boolean
  readonly repeated?: boolean
  readonly type?: string
  readonly default?: string
  readonly values?: readonly string[]
  readonly block?: string | Body
  readonly blocks?: Readonly<Record<string, string | Body>>
  readonly deprecated?: boolean
  readonly unavailable?: boolean | readonly string[]
  readonly stability?: string
}

interface Body {
  readonly fields?: readonly Field[]
}

interface Component {
  readonly summary: string
  readonly stability: string
  readonly community: boolean
  readonly accepts: readonly string[]
  readonly emits: readonly string[]
  readonly arguments: Body
  readonly exports?: Body
}

type Types = Readonly<Record<string, Body>>

/** What `alloyts schema NAME` prints. */
interface Declared {
  readonly types: Types
  readonly components: Readonly<Record<string, Component>>
}

/** What a component declares. Of Go Alloy it is not known. */
export function Documentation({ name }: { readonly name: string }) {
  const { kind } = useEngine()
  if (kind !== 'alloyts') return null
  return <Declaration name={name} />
}

function Declaration({ name }: { readonly name: string }) {
  const docs = useResource(name, async (signal) => {
    const declared = (await client.doc(name, signal)) as Partial<Declared> // as our own API says
    const component = declared.components?.[name]
    return component && { ...component, types: declared.types ?? {} }
  })
  const { value } = docs
  if (value === undefined) {
    return (
      <Panel title="Documentation">
        {docs.isLoading ? (
          <Loading what="the documentation" />
        ) : (
          <Notice
            kind="empty"
            title={`${name} comes from a module or from elsewhere: it declares nothing here.`}
          />
        )}
      </Panel>
    )
  }
  const traits = [
    value.stability,
    value.community ? 'community' : '',
    value.accepts.length > 0 ? `accepts ${value.accepts.join(', ')}` : '',
    value.emits.length > 0 ? `emits ${value.emits.join(', ')}` : '',
  ]
  return (
    <Panel title="Documentation" note={<code>{name}</code>}>
      <div className="documentation">
        <p>{value.summary}</p>
        <p className="faint">{traits.filter(Boolean).join(' · ')}</p>
        <h3>Arguments</h3>
        <Fields body={value.arguments} types={value.types} above={[]} />
        {value.exports === undefined ? null : (
          <>
            <h3>Exports</h3>
            <Fields body={value.exports} types={value.types} above={[]} />
          </>
        )}
      </div>
    </Panel>
  )
}

interface FieldsProps {
  readonly body: Body
  readonly types: Types
  /** Names of the types around it: some hold themselves. */
  readonly above: readonly string[]
}

function Fields({ body, types, above }: FieldsProps) {
  const { fields = [] } = body
  if (fields.length === 0) return <p className="faint">None.</p>
  return (
    <ul className="doc-fields">
      {fields.map((field) => (
        <li key={field.name}>
          <p>
            <code className="token-name">{field.name}</code>{' '}
            <span className="faint">{traitsOf(field)}</span>
          </p>
          <p>{field.doc}</p>
          <Inner field={field} types={types} above={above} />
        </li>
      ))}
    </ul>
  )
}

function traitsOf(field: Field): string {
  const kind = field.kind === 'attr' ? (field.type ?? '') : field.repeated ? 'blocks' : 'block'
  const isPlain = field.kind !== 'attr' || field.required === true || field.default === undefined
  return [
    kind,
    field.required === true ? 'required' : '',
    isPlain ? '' : `default ${field.default}`,
    field.values === undefined ? '' : `one of ${field.values.join(', ')}`,
    field.deprecated === true ? 'deprecated' : '',
    field.unavailable === undefined ? '' : 'not all of it is available yet',
    field.stability ?? '',
  ]
    .filter(Boolean)
    .join(' · ')
}

function Inner({ field, types, above }: InnerProps) {
  const inner = [
    ...(field.block === undefined ? [] : [[field.name, field.block] as const]),
    ...Object.entries(field.blocks ?? {}).map(
      ([variant, block]) => [`${field.name}.${variant}`, block] as const,
    ),
  ]
  return inner.map(([title, block]) => {
    const body = typeof block === 'string' ? types[block] : block
    if (body === undefined || (typeof block === 'string' && above.includes(block))) return null
    const deeper = typeof block === 'string' ? [...above, block] : above
    return (
      <details key={title}>
        <summary>
          <code>{title}</code>
        </summary>
        <Fields body={body} types={types} above={deeper} />
      </details>
    )
  })
}

interface InnerProps extends Omit<FieldsProps, 'body'> {
  readonly field: Field
}
