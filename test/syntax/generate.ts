// Random configurations with comments in every place where the language allows them.

import fc from 'fast-check'

const name = fc.constantFrom('a', 'bb', 'long_name', 'é')
const leaf = fc.constantFrom(
  'null',
  'true',
  '1',
  '2.5',
  '"s"',
  '"é中"',
  '"x\ty"',
  '`raw  \n\tb \n`',
  'a',
  'a.b.c',
)
/** What may stand where a line may end. */
const gap = fc.constantFrom(
  '',
  '',
  '',
  ' ',
  '\n',
  ' // c\n',
  '\n// own\n',
  ' /* z */ ',
  '/* m\n n */',
)
const inline = fc.constantFrom('', ' ', '  ', ' /* i */ ')

const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const inner = tie('expression')
  const list = (open: string, close: string) =>
    fc
      .tuple(gap, fc.array(fc.tuple(inner, inline, gap), { maxLength: 3 }), fc.boolean())
      .map(([first, items, ends]) => {
        const texts = items.map(([value, before, after], i) => {
          const isLast = i === items.length - 1
          return isLast && !ends ? value + before : `${value}${before},${after}`
        })
        return open + first + texts.join('') + close
      })
  const field = fc
    .tuple(fc.constantFrom('k', 'long_key', '"q q"', '"t\\\\"', '""'), inline, gap, inner)
    .map(([key, before, after, value]) => `${key}${before}=${after}${value}`)
  const object = fc
    .tuple(gap, fc.array(fc.tuple(field, inline, gap), { maxLength: 3 }))
    .map(([first, fields]) => {
      const texts = fields.map(([text, before, after]) => `${text}${before},${after}`)
      return `{${first}${texts.join('')}}`
    })
  return {
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      list('[', ']'),
      object,
      list('f(', ')'),
      fc.tuple(fc.constantFrom('!', '-'), inner).map((parts) => parts.join('')),
      fc.tuple(inner, fc.constantFrom('+', '==', '&&'), gap, inner).map((parts) => parts.join(' ')),
      fc.tuple(gap, inner, inline).map(([first, value, last]) => `(${first}${value}${last})`),
      fc.tuple(inner, gap).map(([value, between]) => `[${value}][${between}0].${between}x`),
    ),
  }
})

const attribute = fc
  .tuple(name, inline, gap, expression, fc.constantFrom('', ' // t', ' /* u */'))
  .map(([key, before, after, value, last]) => `${key}${before}=${after}${value}${last}\n`)

const { body } = fc.letrec<{ body: string }>((tie) => ({
  body: fc
    .array(
      fc.oneof(
        { depthSize: 'small' },
        attribute,
        fc.constantFrom('\n', '// own\n', '/* own */\n\n'),
        fc
          .tuple(fc.constantFrom('blk', 'c.d.e "l"', 'a. /* in */ b'), inline, tie('body'))
          .map(([head, before, inner]) => `${head}${before} {\n${inner}}\n`),
      ),
      { maxLength: 4 },
    )
    .map((statements) => statements.join('')),
}))

/** Texts of whole files; nearly all of them parse. */
export const configuration: fc.Arbitrary<string> = body
