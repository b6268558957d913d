import { expect, it } from 'vitest'
import type { ConfigSource } from '../../src/engine/sources.ts'
import { TestEngine } from '../support/test_engine.ts'

const texts = (sources: readonly ConfigSource[]) => {
  return sources.map(({ name, bytes }) => `${name}: ${Buffer.from(bytes)}`)
}

it('an engine knows the files that it read last, and those that are in force', async () => {
  const { engine, files } = new TestEngine()
  expect([engine.lastSources, engine.activeSources]).toEqual([[], []])
  files.write('/a.alloy', 'logging { }')
  await engine.load('/a.alloy')
  files.write('/a.alloy', 'logging {')
  await expect(engine.reload()).rejects.toThrow()
  expect(texts(engine.lastSources)).toEqual(['/a.alloy: logging {'])
  expect(texts(engine.activeSources)).toEqual(['/a.alloy: logging { }'])
  await engine.close()
})
