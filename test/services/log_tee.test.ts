import { expect, it } from 'vitest'
import { LogTee } from '../../src/services/log_tee.ts'

it('captures see what is logged while they last', () => {
  const tee = new LogTee()
  tee.write('before\n')
  const first = tee.begin()
  tee.write('a\n')
  const second = tee.begin()
  tee.write('b\n')
  first.end()
  tee.write('c\n')
  expect([first.text(), second.text()]).toEqual(['a\nb\n', 'b\nc\n'])
})

it('captures have a bound, and say what is beyond it', () => {
  const tee = new LogTee()
  const capture = tee.begin()
  for (let i = 0; i < 10; i++) tee.write(`${'x'.repeat(1024 * 1024 - 1)}\n`)
  expect(capture.text().length).toBeLessThan(8.1 * 1024 * 1024)
  expect(capture.text()).toMatch(/\n# 2 more lines are left out\n$/)
})
