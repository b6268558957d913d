import { expect, it } from 'vitest'
import { startProgram } from '../support/running_program.ts'

const everything = { pprof: true, supportBundle: true, graphql: true, graphqlPlayground: true }
const nothing = { pprof: false, supportBundle: false, graphql: false, graphqlPlayground: false }

const paths = [
  '/debug/pprof/',
  '/debug/pprof/cmdline',
  '/debug/fgprof?seconds=1',
  '/-/support?duration=abc',
  '/graphql?query=%7Balloy%7BisReady%7D%7D',
  '/graphql/playground',
]

async function statuses(url: string): Promise<number[]> {
  const answers = await Promise.all(paths.map((path) => fetch(url + path)))
  return answers.map(({ status }) => status)
}

it('what the flags allow is served', async () => {
  const { url } = await startProgram('', { serves: everything })
  expect(await statuses(url)).toEqual([200, 200, 200, 400, 200, 200])
})

it('what they do not is not', async () => {
  const { url } = await startProgram('', { serves: nothing })
  expect(await statuses(url)).toEqual([404, 404, 404, 403, 404, 404])
})

it('the playground needs GraphQL', async () => {
  const { url } = await startProgram('', { serves: { ...everything, graphql: false } })
  expect((await statuses(url)).slice(4)).toEqual([404, 404])
})

it('the UI has its prefix, profiles and bundles do not', async () => {
  const { url } = await startProgram('', { serves: everything, uiPathPrefix: '/alloy' })
  expect(await statuses(url)).toEqual([200, 200, 200, 400, 404, 404])
  expect(await statuses(`${url}/alloy`)).toEqual([404, 404, 404, 404, 200, 200])
})
