import { describe, expect, it } from 'vitest'
import { TargetMetadata } from '../../../../src/components/prometheus/scrape/metadata.ts'
import { Entry, ExpositionReader } from '../../../../src/wire/exposition/reader.ts'

function readHelps(metadata: TargetMetadata, helps: readonly (readonly [string, string])[]): void {
  const reader = new ExpositionReader('prometheus')
  reader.open(Buffer.from(helps.map(([name, help]) => `# HELP ${name} ${help}\n`).join('')))
  for (let entry = reader.next(); entry !== Entry.end; entry = reader.next()) {
    metadata.read(entry, reader)
  }
}

describe('what is known of the families of a target', () => {
  it('is bounded in bytes, the oldest go first', () => {
    const metadata = new TargetMetadata()
    const help = 'x'.repeat(200_000)
    for (let i = 0; i < 100; i++) readHelps(metadata, [[`family_${i}`, help]])
    expect(metadata.bytes).toBeLessThanOrEqual(16 << 20)
    const told = metadata.take(0).map(({ family }) => family)
    expect(told.at(-1)).toBe('family_99')
    expect(told).not.toContain('family_0')
  })

  it('counts a text that changes once', () => {
    const metadata = new TargetMetadata()
    for (let i = 0; i < 100; i++) readHelps(metadata, [['a', `help ${i % 10}`]])
    expect([metadata.size, metadata.bytes]).toEqual([1, 2 * 'ahelp 9'.length])
  })
})
