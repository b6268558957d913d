import { describe, expect, it } from 'vitest'
import runner from '../../../src/components/discovery/relabel/run.ts'
import { declaration } from '../../../src/components/discovery/relabel.ts'
import { LabelPool } from '../../../src/model/label_pool.ts'
import { componentContext } from '../../support/component_context.ts'
import { decodeText } from '../../support/decode_text.ts'
import { RecordingTap } from '../../support/recording_tap.ts'

describe('discovery.relabel that is watched', () => {
  it('shows what becomes of each target, and publishes those that are kept', async () => {
    const tap = new RecordingTap(new LabelPool())
    const { context, seen } = componentContext<typeof declaration>('discovery.relabel.r', {
      debugTap: () => tap,
    })
    const text = `
      targets = [
        {"__address__" = "127.0.0.1:2", "a" = "b"},
        {"__address__" = "127.0.0.1:9", "a" = "b"},
      ]
      rule {
        source_labels = ["__address__"]
        regex         = ".*:9"
        action        = "drop"
      }
      rule {
        target_label = "new"
        replacement  = "v"
      }
    `
    await runner.open(context, decodeText(declaration.arguments, text))
    const kept = '{"__address__"="127.0.0.1:2", "a"="b", "new"="v"}'
    expect(tap.records).toEqual([
      `{"__address__"="127.0.0.1:2", "a"="b"} => ${kept}`,
      '{"__address__"="127.0.0.1:9", "a"="b"} => {}',
    ])
    expect(seen.published[0]?.output).toEqual([
      new Map([
        ['__address__', '127.0.0.1:2'],
        ['a', 'b'],
        ['new', 'v'],
      ]),
    ])
  })
})
