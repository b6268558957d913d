// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of Go, not of JavaScript
import { describe, expect, it } from 'vitest'
import { expand } from '../../src/go/expand.ts'
import { compileRe2 } from '../../src/go/re2.ts'

const pattern = compileRe2('(?P<x>a)(b)(c)?')
const match = pattern.exec('ab')!

describe('expand', () => {
  // As Go answers for the same pattern on "ab".
  it.each([
    ['$1', 'a'],
    ['$1x', ''],
    ['${1}x', 'ax'],
    ['$x', 'a'],
    ['$xx', ''],
    ['$$', '$'],
    ['$-', '$-'],
    ['${', '${'],
    ['${1', '${1'],
    ['$3|', '|'],
    ['$9|', '|'],
    ['$01|', '|'],
    ['$1é', ''],
    ['a$1$2', 'aab'],
    ['$0', 'ab'],
    ['plain', 'plain'],
  ])('%s', (template, text) => {
    expect(expand(template, match, pattern.groupNames)).toBe(text)
  })
})
