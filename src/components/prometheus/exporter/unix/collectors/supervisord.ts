// supervisord: processes that supervisord supervises, asked over XML-RPC.

import { request } from 'node:http'
import { request as secureRequest } from 'node:https'
import type { MetricPage } from '../../../../../wire/exposition/metric_page.ts'
import { type BuildCollector, counter, gauge } from '../collector.ts'

const up = gauge('node_supervisord_up', 'Process Up')
const state = gauge('node_supervisord_state', 'Process State')
const exitStatus = gauge('node_supervisord_exit_status', 'Process Exit Status')
const startTime = counter('node_supervisord_start_time_seconds', 'Process start time')

const timeoutMs = 5000
const answerBytesMax = 16 * 2 ** 20

const question =
  '<?xml version="1.0"?><methodCall><methodName>supervisor.getAllProcessInfo</methodName><params/></methodCall>'

/** States in which a process runs: starting, running, stopping. */
const runningStates: ReadonlySet<number> = new Set([10, 20, 40])

export const supervisord: BuildCollector = ({ args }) => {
  const ask = askerOf(args.supervisord.url)
  return {
    name: 'supervisord',
    async collect(page) {
      for (const process of parseProcesses(await ask())) addProcess(page, process)
    },
  }
}

type Process = ReadonlyMap<string, string>

function addProcess(page: MetricPage, process: Process): void {
  const labels = { name: process.get('name') ?? '', group: process.get('group') ?? '' }
  const number = (key: string) => Number(process.get(key) ?? 0)
  const isUp = runningStates.has(number('state'))
  page.add(state, number('state'), labels)
  page.add(exitStatus, number('exitstatus'), labels)
  page.add(up, isUp ? 1 : 0, labels)
  if (isUp) page.add(startTime, number('start'), labels)
}

/** Throws for an address that nobody can ask. */
function askerOf(address: string): () => Promise<string> {
  const url = new URL(address)
  const options = { method: 'POST', headers: { 'content-type': 'text/xml' }, timeout: timeoutMs }
  if (url.protocol === 'unix:') {
    return () => post(request({ ...options, socketPath: url.pathname, path: '/RPC2' }))
  }
  if (url.protocol === 'https:') return () => post(secureRequest(url, options))
  if (url.protocol === 'http:') return () => post(request(url, options))
  throw new Error(`cannot ask supervisord at ${JSON.stringify(address)}: not http, https or unix`)
}

function post(sent: ReturnType<typeof request>): Promise<string> {
  return new Promise((resolve, reject) => {
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${timeoutMs / 1000}s`)))
    sent.on('error', (cause) => {
      reject(new Error(`unable to call supervisord: ${cause.message}`, { cause }))
    })
    sent.on('response', (answer) => {
      const chunks: Buffer[] = []
      let size = 0
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length
        chunks.push(chunk)
        if (size > answerBytesMax) sent.destroy(new Error('the answer is too long'))
      })
      answer.on('error', reject)
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve(Buffer.concat(chunks).toString())
        else reject(new Error(`unable to call supervisord: status ${String(answer.statusCode)}`))
      })
    })
    sent.end(question)
  })
}

const member =
  /<member>\s*<name>(\w+)<\/name>\s*<value>\s*(?:<(\w+)>([^<]*)<\/\2>|<\w+\/>|([^<]*))/g

/** The structures of an answer, one for each process. Throws what a fault says. */
export function parseProcesses(xml: string): readonly Process[] {
  const structures = [...xml.matchAll(/<struct>([\s\S]*?)<\/struct>/g)].map(([, body = '']) => {
    const found = [...body.matchAll(member)]
    return new Map(
      found.map(([, key = '', , typed, bare]) => [key, unescaped(typed ?? bare ?? '')]),
    )
  })
  if (xml.includes('<fault>')) {
    throw new Error(`supervisord answers: ${structures[0]?.get('faultString') ?? 'a fault'}`)
  }
  return structures
}

const characters: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  amp: '&',
}

function unescaped(text: string): string {
  return text.replace(/&(\w+);/g, (whole, name: string) => characters[name] ?? whole)
}
