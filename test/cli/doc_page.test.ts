import { expect, it } from 'vitest'
import { declaredNamed, statusTable } from '../../src/cli/declared.ts'
import { docPage } from '../../src/cli/doc_page.ts'

const plain = { width: 60, bold: (text: string) => text }

async function page(name: string, style = plain): Promise<string> {
  const { components, blocks } = await declaredNamed(name)
  return docPage([...components, ...blocks][0]!, style)
}

it('shows arguments, blocks and exports of a component', async () => {
  expect(await page('prometheus.relabel')).toMatchInlineSnapshot(`
    "prometheus.relabel
      Rewrites the labels of metrics and forwards them.
      Stability: generally-available. Runs.
      Delivery: Holds nothing: the answer of the receivers is
      the answer to the sender.

    Arguments
      forward_to  list(MetricsReceiver), required
        Receivers of the relabeled metrics.
      max_cache_size  int, default 100000
        Most series whose outcome is remembered.
      cache_ttl  duration, default "0s"
        Idle time that forgets a series instead; 0s: off.

    Block rule
      Rules, applied in order. May be repeated.
      source_labels  list(string), default []
        Labels whose values are joined and matched.
      separator  string, default ";"
        What stands between the joined values.
      regex  regexp, default "(.*)"
        RE2 expression that must match the joined values.
      modulus  uint, default 0
        Modulus of the hash, for \`hashmod\`.
      target_label  string, default ""
        Label that the result is written to.
      replacement  string, default "$1"
        What is written; \`$1\` is the first group of the match.
      action  string, default "replace"
        What the rule does.

    Exports
      receiver  MetricsReceiver
        Receiver of the metrics to relabel.
      rules  RelabelRules
        The rules, for other components.
    "
  `)
})

it('shows a configuration block', async () => {
  expect(await page('labelstore')).toMatchInlineSnapshot(`
    "labelstore
      Takes no arguments and changes nothing.
      Stability: generally-available.
    "
  `)
})

it('shows stages that hold stages once', async () => {
  const text = await page('loki.process')
  expect(text).toContain('Blocks stage.match > stage.*')
  expect(text.match(/^Block stage\.json$/gm)).toHaveLength(1)
})

it('sets names in bold where it may', async () => {
  const text = await page('local.file', { ...plain, bold: (name) => `<${name}>` })
  expect(text).toContain('<local.file>')
  expect(text).toContain('  <filename>  string, required\n')
})

it('names what is near a name that is not there', async () => {
  await expect(declaredNamed('promethus.scrape')).rejects.toThrow(
    'there is no component or block "promethus.scrape", did you mean prometheus.scrape?',
  )
})

it('says in a table what runs', async () => {
  const table = statusTable(await declaredNamed('prometheus.scrape'))
  expect(table).toBe(
    'NAME               STABILITY            STATUS\n' +
      'prometheus.scrape  generally-available  runs\n\n1 of 1 components run\n',
  )
})
