// What is wrong with OTTL in a configuration: its syntax, and paths that its context does not have.
// Functions, their arguments and enums are checked where the component is built.

import { quote } from '../../../../go/quote.ts'
import { type Context, contexts, isPrefix, type Paths, pathsOf } from './contexts.ts'
import { OttlSyntaxError, type Token } from './lexer.ts'
import { type OttlKind, type OttlTree, parseOttl } from './syntax.ts'

const contextPages =
  'https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/pkg/ottl/contexts'

const kindNames: { readonly [kind in OttlKind]: string } = {
  statement: 'statement',
  condition: 'condition',
  expression: 'value expression',
}

/** What is wrong with each of `texts`, whose paths need not say that they begin at `context`. */
export function ottlProblem(
  kind: OttlKind,
  texts: readonly string[],
  context: Context,
): string | undefined {
  const problems = texts.flatMap((text) => {
    const problem = syntaxProblem(kind, text) ?? pathProblem(kind, text, context)
    return problem === undefined ? [] : [unableToParse(kind, text, problem)]
  })
  return problems.length > 0 ? problems.join('\n') : undefined
}

/**
 * The same where the original puts `context` in front of paths before it looks at them, as messages
 * show; bad syntax stops it. Without a context it guesses one; such paths are not looked at here.
 */
export function prefixedOttlProblem(
  kind: OttlKind,
  texts: readonly string[],
  context: Context | undefined,
): string | undefined {
  for (const text of texts) {
    const problem = syntaxProblem(kind, text)
    if (problem !== undefined) return problem
  }
  if (context === undefined) return undefined
  const prefixed = texts.map((text) => withPrefixes(kind, text, context))
  return ottlProblem(kind, prefixed, context)
}

function unableToParse(kind: OttlKind, text: string, problem: string): string {
  return `unable to parse OTTL ${kindNames[kind]} ${quote(text)}: ${problem}`
}

function syntaxProblem(kind: OttlKind, text: string): string | undefined {
  try {
    return misusedCalls(parseOttl(kind, text))
  } catch (error) {
    if (!(error instanceof OttlSyntaxError)) throw error
    return `${kind} has invalid syntax: ${error.message}`
  }
}

/** Editors act and converters give values, which the first letter tells; only these have keys. */
function misusedCalls(root: OttlTree): string | undefined {
  const problems = within(root).flatMap((tree) => {
    const isAct = root.rule === 'ParsedStatement' && root.parts[0] === tree
    const found: string[] = []
    if (tree.rule === 'Converter' && isAct) {
      found.push(`editor names must start with a lowercase letter but got '${nameOf(tree)}'`)
    }
    if (tree.rule !== 'Editor') return found
    if (!isAct) {
      found.push(`converter names must start with an uppercase letter but got '${nameOf(tree)}'`)
    }
    const keys = treesIn(tree).filter(({ rule }) => rule === 'Key')
    if (keys.length > 0) {
      const call = textOf(tree)
      found.push(`only paths and converters may be indexed, not editors, but got ${call}`)
    }
    return found
  })
  return problems.length > 0 ? problems.join('\n') : undefined
}

function pathProblem(kind: OttlKind, text: string, context: Context): string | undefined {
  return firstPathProblem(parseOttl(kind, text), context)
}

function firstPathProblem(tree: OttlTree, context: Context): string | undefined {
  if (tree.rule === 'Path') {
    const problem = segmentProblem(tree, context)
    if (problem !== undefined) return problem
  }
  const isCall = tree.rule === 'Editor' || tree.rule === 'Converter'
  for (const [i, part] of treesIn(tree).entries()) {
    const problem = firstPathProblem(part, context)
    if (problem === undefined) continue
    if (!isCall || part.rule !== 'Argument') return problem
    return (
      `error while parsing arguments for call to ${quote(nameOf(tree))}: ` +
      `invalid argument at position ${i}: ${problem}`
    )
  }
  return undefined
}

function segmentProblem(path: OttlTree, context: Context): string | undefined {
  const names = segmentsOf(path)
  const prefix = prefixOf(path, context)
  let known: Paths = prefix === undefined ? contexts[context] : pathsOf(prefix)
  for (const name of prefix === undefined ? names : names.slice(1)) {
    if (known === true) return undefined
    const next: Paths | undefined = Object.hasOwn(known, name) ? known[name] : undefined
    if (next === undefined) {
      const where = prefix ?? context
      return (
        `segment ${quote(name)} from path ${quote(textOf(path))} is not a valid path nor a valid ` +
        `OTTL keyword for the ${where} context - review ${contextPages}/ottl${where} ` +
        'to see all valid paths'
      )
    }
    known = next
  }
  return undefined
}

function withPrefixes(kind: OttlKind, text: string, context: Context): string {
  const offsets = within(parseOttl(kind, text))
    .filter((tree) => tree.rule === 'Path' && prefixOf(tree, context) === undefined)
    .map((path) => tokensIn(path)[0]!.offset) // a path has a name
  let prefixed = ''
  let end = 0
  for (const offset of offsets) {
    prefixed += `${text.slice(end, offset)}${context}.`
    end = offset
  }
  return prefixed + text.slice(end)
}

/** The context that a path names, if it does. */
function prefixOf(path: OttlTree, context: Context): string | undefined {
  const [first] = path.parts
  if (first === undefined || 'rule' in first) return undefined
  return isPrefix(first.text, context) ? first.text : undefined
}

function segmentsOf(path: OttlTree): string[] {
  const own = path.parts.flatMap((part) => ('rule' in part ? part.parts.slice(0, 1) : [part]))
  return own.flatMap((part) => ('rule' in part || part.text === '.' ? [] : [part.text]))
}

/** Editors and converters may have names of several tokens, as `ParseJSON`. */
function nameOf(call: OttlTree): string {
  const open = call.parts.findIndex((part) => !('rule' in part) && part.text === '(')
  return call.parts
    .slice(0, open)
    .map((part) => ('rule' in part ? '' : part.text))
    .join('')
}

function textOf(tree: OttlTree): string {
  return tokensIn(tree)
    .map(({ text }) => text)
    .join('')
}

function treesIn(tree: OttlTree): OttlTree[] {
  return tree.parts.filter((part) => 'rule' in part)
}

function tokensIn(tree: OttlTree): Token[] {
  return tree.parts.flatMap((part) => ('rule' in part ? tokensIn(part) : [part]))
}

/** `tree` and all trees in it, in the order of the text. */
function within(tree: OttlTree): OttlTree[] {
  return [tree, ...treesIn(tree).flatMap(within)]
}
