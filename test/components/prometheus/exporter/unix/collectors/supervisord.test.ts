import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import {
  parseProcesses,
  supervisord,
} from '../../../../../../src/components/prometheus/exporter/unix/collectors/supervisord.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

const member = (name: string, value: string) =>
  `<member>\n<name>${name}</name>\n<value>${value}</value>\n</member>`

const processOf = (name: string, state: number) =>
  [
    '<value><struct>',
    member('name', `<string>${name}</string>`),
    member('group', 'web &amp; more'),
    member('state', `<int>${String(state)}</int>`),
    member('exitstatus', '<int>3</int>'),
    member('start', '<i4>1200361776</i4>'),
    member('description', '<string/>'),
    '</struct></value>',
  ].join('')

const answer = (...values: string[]) =>
  `<?xml version='1.0'?><methodResponse><params><param><value><array><data>${values.join('')}</data></array></value></param></params></methodResponse>`

let close = (): void => {}

afterEach(() => close())

/** The address of a server that gives this answer to whoever asks as supervisord is asked. */
async function serverOf(status: number, body: string): Promise<string> {
  const server = createServer((request, response) => {
    request.setEncoding('utf8')
    let question = ''
    request.on('data', (text: string) => {
      question += text
    })
    request.on('end', () => {
      const isKnown = question.includes('<methodName>supervisor.getAllProcessInfo</methodName>')
      response.writeHead(isKnown ? status : 400)
      response.end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  close = () => server.close()
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/RPC2`
}

it('gives the state of each process', async () => {
  const url = await serverOf(200, answer(processOf('a', 20), processOf('b', 100)))
  const samples = await samplesOf(supervisord, {}, { args: `supervisord { url = "${url}" }` })
  expect(samples.map((line) => line.replace('group="web & more",', ''))).toEqual([
    'node_supervisord_exit_status{name="a"} 3',
    'node_supervisord_exit_status{name="b"} 3',
    'node_supervisord_start_time_seconds{name="a"} 1.200361776e+09',
    'node_supervisord_state{name="a"} 20',
    'node_supervisord_state{name="b"} 100',
    'node_supervisord_up{name="a"} 1',
    'node_supervisord_up{name="b"} 0',
  ])
})

it.each([
  [
    'a fault',
    200,
    `<methodResponse><fault><value><struct>${member('faultString', '<string>UNKNOWN_METHOD</string>')}</struct></value></fault></methodResponse>`,
    'supervisord answers: UNKNOWN_METHOD',
  ],
  ['another status', 401, '', 'unable to call supervisord: status 401'],
])('fails for %s', async (_, status, body, message) => {
  const url = await serverOf(status, body)
  const samples = samplesOf(supervisord, {}, { args: `supervisord { url = "${url}" }` })
  await expect(samples).rejects.toThrow(message)
})

it('fails where nobody listens', async () => {
  const args = 'supervisord { url = "unix:///no/such/socket" }'
  await expect(samplesOf(supervisord, {}, { args })).rejects.toThrow('unable to call supervisord')
})

it('refuses an address that it cannot ask', async () => {
  const args = 'supervisord { url = "ftp://a/b" }'
  await expect(samplesOf(supervisord, {}, { args })).rejects.toThrow('cannot ask supervisord')
})

it('reads nothing from an empty list', () => {
  expect(parseProcesses(answer())).toEqual([])
})
