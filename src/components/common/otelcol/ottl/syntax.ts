// The grammar of OTTL.
// Source of the behaviour: the grammar of opentelemetry-collector-contrib/pkg/ottl.

import { type Grammar, type Pattern, parse, type Tree } from './grammar.ts'
import type { TokenKind } from './lexer.ts'

/** Named as in messages. */
export type Rule =
  | 'ParsedStatement'
  | 'Editor'
  | 'Converter'
  | 'Argument'
  | 'Value'
  | 'MathExprLiteral'
  | 'Path'
  | 'Field'
  | 'Key'
  | 'MathExpression'
  | 'AddSubTerm'
  | 'OpAddSubTerm'
  | 'MathValue'
  | 'OpMultDivValue'
  | 'MapValue'
  | 'MapItem'
  | 'List'
  | 'BooleanExpression'
  | 'OpOrTerm'
  | 'Term'
  | 'OpAndBooleanValue'
  | 'BooleanValue'
  | 'Comparison'
  | 'ConstExpr'

export type OttlTree = Tree<Rule>

const token = (of: TokenKind): Pattern<Rule> => ({ kind: 'token', of })
const text = (of: string): Pattern<Rule> => ({ kind: 'text', of })
const rule = (of: Rule): Pattern<Rule> => ({ kind: 'rule', of })
const all = (...of: readonly Pattern<Rule>[]): Pattern<Rule> => ({ kind: 'all', of })
const any = (...of: readonly Pattern<Rule>[]): Pattern<Rule> => ({ kind: 'any', of })
const maybe = (...of: readonly Pattern<Rule>[]): Pattern<Rule> => ({ kind: 'maybe', of: one(of) })
const many = (...of: readonly Pattern<Rule>[]): Pattern<Rule> => ({ kind: 'many', of: one(of) })
const not = (of: Pattern<Rule>): Pattern<Rule> => ({ kind: 'not', of })

function one(of: readonly Pattern<Rule>[]): Pattern<Rule> {
  return of.length === 1 ? of[0]! : all(...of) // there is one
}

const rest = many(any(token('uppercase'), token('lowercase')))
const lowerName = all(token('lowercase'), rest)
const upperName = all(token('uppercase'), rest)
const callOf = (name: Pattern<Rule>): Pattern<Rule> => {
  const args = maybe(rule('Argument'), many(text(','), rule('Argument')))
  return all(name, text('('), args, text(')'), many(rule('Key')))
}

const grammar: Grammar<Rule> = {
  ParsedStatement: all(
    any(rule('Editor'), rule('Converter')),
    maybe(text('where'), rule('BooleanExpression')),
  ),
  Editor: callOf(lowerName),
  Converter: callOf(upperName),
  Argument: all(maybe(lowerName, token('equal')), any(rule('Value'), upperName)),
  Value: any(
    text('nil'),
    all(rule('MathExprLiteral'), not(any(token('opaddsub'), token('opmultdiv')))),
    rule('MathExpression'),
    token('bytes'),
    token('string'),
    token('boolean'),
    all(token('uppercase'), not(token('lowercase'))),
    rule('MapValue'),
    rule('List'),
  ),
  MathExprLiteral: any(
    rule('Editor'),
    rule('Converter'),
    token('float'),
    token('int'),
    rule('Path'),
  ),
  Path: all(maybe(token('lowercase'), text('.')), rule('Field'), many(text('.'), rule('Field'))),
  Field: all(token('lowercase'), many(rule('Key'))),
  Key: all(
    text('['),
    any(token('string'), token('int'), rule('MathExpression'), rule('MathExprLiteral')),
    text(']'),
  ),
  MathExpression: all(rule('AddSubTerm'), many(rule('OpAddSubTerm'))),
  OpAddSubTerm: all(token('opaddsub'), rule('AddSubTerm')),
  AddSubTerm: all(rule('MathValue'), many(rule('OpMultDivValue'))),
  OpMultDivValue: all(token('opmultdiv'), rule('MathValue')),
  MathValue: all(
    maybe(token('opaddsub')),
    any(rule('MathExprLiteral'), all(text('('), rule('MathExpression'), text(')'))),
  ),
  MapValue: all(text('{'), maybe(rule('MapItem'), many(text(','), rule('MapItem'))), text('}')),
  MapItem: all(token('string'), text(':'), rule('Value')),
  List: all(text('['), maybe(rule('Value'), many(text(','), rule('Value'))), text(']')),
  BooleanExpression: all(rule('Term'), many(rule('OpOrTerm'))),
  OpOrTerm: all(token('opor'), rule('Term')),
  Term: all(rule('BooleanValue'), many(rule('OpAndBooleanValue'))),
  OpAndBooleanValue: all(token('opand'), rule('BooleanValue')),
  BooleanValue: all(
    maybe(token('opnot')),
    any(
      rule('Comparison'),
      rule('ConstExpr'),
      all(text('('), rule('BooleanExpression'), text(')')),
    ),
  ),
  Comparison: all(rule('Value'), token('opcomparison'), rule('Value')),
  ConstExpr: any(token('boolean'), rule('Converter')),
}

/** What OTTL is written for: to act, to decide, or to give a value. */
export type OttlKind = 'statement' | 'condition' | 'expression'

const starts: { readonly [kind in OttlKind]: Rule } = {
  statement: 'ParsedStatement',
  condition: 'BooleanExpression',
  expression: 'Value',
}

/** Throws `OttlSyntaxError`. */
export function parseOttl(kind: OttlKind, source: string): OttlTree {
  return parse(grammar, starts[kind], source)
}
