import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { templateProblem } from '../../src/go/template_syntax.ts'

const functions = new Set(['ToLower', 'default'])

describe('templateProblem', () => {
  it.each([
    'no action',
    '{{ .Value }}',
    '{{- .Value -}}',
    '{{ .a.b.c | ToLower | printf "%s %q" .x }}',
    '{{ if eq .level "warn" }}a{{ else if .b }}b{{ else }}c{{ end }}',
    '{{ range $i, $x := .list }}{{ $i }}{{ $x.name }}{{ break }}{{ else }}none{{ end }}',
    '{{ with $x := .a }}{{ $x }}{{ end }}',
    '{{ $x := 1 }}{{ $x = 2 }}{{ $ }}',
    '{{ define "t" }}{{ . }}{{ end }}{{ template "t" .a }}{{ block "u" . }}{{ end }}',
    '{{ (index .a 0).name }}',
    '{{ len `raw` }}',
    '{{/* a comment */}}',
    "{{ eq 'a' .b }}{{ 0x1F }}{{ -1.5e3 }}",
    '{{ default "x" .y }}',
  ])('takes %s', (text) => {
    expect(templateProblem(text, functions)).toBeUndefined()
  })

  it.each<[string, string, number]>([
    ['{{ .Value', 'the action does not end', 1],
    ['a\n{{ lower .Value }}', 'function "lower" not defined', 2],
    ['{{ if .a }}x', '{{if}} has no {{end}}', 1],
    ['{{ end }}', 'unexpected {{end}}', 1],
    ['{{ else }}', 'unexpected {{else}}', 1],
    ['{{ if .a }}{{ else }}{{ else }}{{ end }}', 'unexpected {{else}}', 1],
    ['{{ break }}', '{{break}} outside {{range}}', 1],
    ['{{ $x }}', 'undefined variable "$x"', 1],
    ['{{ with $x := 1 }}{{ end }}{{ $x }}', 'undefined variable "$x"', 1],
    ['{{ }}', 'expected a value, got the end', 1],
    ['{{ (.a }}', 'expected ), got the end', 1],
    ['{{ .a | "x" }}', 'expected a function, got "x"', 1],
    ['{{ "a".b }}', 'expected a blank, got .b', 1],
    ['{{ template x }}', 'expected a name in quotes, got x', 1],
    ['{{ .a & .b }}', 'unexpected &', 1],
    ['{{/* a comment', 'the comment does not end', 1],
  ])('refuses %s', (text, message, line) => {
    expect(templateProblem(text, functions)).toEqual({ message, line })
  })

  it('ends for any text', () => {
    const part = fc.constantFrom(
      '{{',
      '}}',
      '{{-',
      ' -}}',
      '"',
      '`',
      '/*',
      '(',
      '|',
      '$x',
      ' ',
      'a',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(part, fc.string())), (parts) => {
        templateProblem(parts.join(''), functions)
      }),
    )
  })
})
