// What GraphQL queries may ask.
// Source of the behaviour: alloy/internal/service/graphql.

import {
  GraphQLBoolean,
  type GraphQLFieldConfig,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
} from 'graphql'
import type { ComponentView } from '../../engine/component_view.ts'
import type { DebugBody } from '../../engine/debug_info.ts'
import { Slice } from '../../engine/slice.ts'
import { formatRfc3339 } from '../../go/rfc3339.ts'
import { bodyPieces } from '../alloy_json.ts'
import { styleOf } from '../component_json.ts'
import type { EngineView } from '../engine_view.ts'

/** Looking at the clock costs as much as a few of them. */
const piecesPerLook = 256

/** What resolvers of one query share. */
export class QueryScope {
  readonly engine: EngineView
  /** With the `v`. */
  readonly version: string
  readonly #endsAtMs: number
  readonly #slice = new Slice()

  constructor(engine: EngineView, version: string, timeoutMs: number) {
    this.engine = engine
    this.version = version
    this.#endsAtMs = performance.now() + timeoutMs
  }

  /** Lets the event loop turn where it is due. Rejects when the time is over. */
  async turn(): Promise<void> {
    if (this.#slice.due()) await this.#slice.pause()
    if (performance.now() >= this.#endsAtMs) throw new Error('context deadline exceeded')
  }

  /** Arguments, exports and debug info are text, in the encoding of the API. */
  async text(body: DebugBody, of: ComponentView): Promise<string> {
    let text = ''
    let piecesLeft = piecesPerLook
    for (const piece of bodyPieces(body, styleOf(of))) {
      text += piece
      if (--piecesLeft > 0) continue
      piecesLeft = piecesPerLook
      await this.turn()
    }
    return text
  }
}

type Fields<S> = Record<string, GraphQLFieldConfig<S, QueryScope>>

const time = new GraphQLScalarType({ name: 'Time' })

const alloy = new GraphQLObjectType<null, QueryScope>({
  name: 'Alloy',
  fields: {
    branch: field(GraphQLString, () => ''),
    buildDate: field(GraphQLString, () => ''),
    buildUser: field(GraphQLString, () => ''),
    isReady: field(GraphQLBoolean, (_, { engine }) => engine.isReady()),
    revision: field(GraphQLString, () => ''),
    version: field(GraphQLString, (_, { version }) => version),
  } satisfies Fields<null>,
})

const health = new GraphQLObjectType<ComponentView, QueryScope>({
  name: 'Health',
  fields: {
    message: field(GraphQLString, (component) => component.health().message),
    lastUpdated: field(time, (component) => formatRfc3339(component.health().updatedMs)),
  } satisfies Fields<ComponentView>,
})

const component = new GraphQLObjectType<ComponentView, QueryScope>({
  name: 'Component',
  fields: {
    health: field(health, (shown) => shown),
    id: field(GraphQLID, ({ localId, moduleId }) => {
      return moduleId === '' ? localId : `${moduleId}/${localId}`
    }),
    name: field(GraphQLString, ({ name }) => name),
    arguments: field(GraphQLString, async (shown, scope) => {
      await scope.turn()
      return scope.text(shown.arguments(), shown)
    }),
    exports: bodyField((shown) => shown.exports()),
    debugInfo: bodyField((shown) => shown.debugInfo()),
  } satisfies Fields<ComponentView>,
})

const query = new GraphQLObjectType<null, QueryScope>({
  name: 'Query',
  fields: {
    alloy: field(alloy, () => ({})),
    components: field(new GraphQLList(new GraphQLNonNull(component)), (_, { engine }) => {
      return engine.components('') ?? []
    }),
    component: {
      type: component,
      args: { id: { type: new GraphQLNonNull(GraphQLID) } },
      resolve: (_, { id }, { engine }) => {
        const found = engine.component(String(id))
        if (found === undefined) throw new Error('component not found')
        return found
      },
    },
  } satisfies Fields<null>,
})

/** With the types that upstream's introspection lists though nothing has them. */
export const schema = new GraphQLSchema({ query, types: [GraphQLFloat, GraphQLInt] })

/** One that is never null. */
function field<S>(
  type: GraphQLOutputType,
  resolve: (source: S, scope: QueryScope) => unknown,
): GraphQLFieldConfig<S, QueryScope> {
  return {
    type: new GraphQLNonNull(type as Nullable),
    resolve: (source, _, scope) => resolve(source, scope),
  }
}

/** None of those above is wrapped as never null already. */
type Nullable = Exclude<GraphQLOutputType, GraphQLNonNull<never>>

/** Null where there is nothing. */
function bodyField(
  bodyOf: (component: ComponentView) => DebugBody,
): GraphQLFieldConfig<ComponentView, QueryScope> {
  return {
    type: GraphQLString,
    resolve: async (shown, _, scope) => {
      await scope.turn()
      const text = await scope.text(bodyOf(shown), shown)
      return text === '[]' ? null : text
    },
  }
}
