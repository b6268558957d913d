// The plain baseline of the end-to-end bench: what a first version would do. Every line becomes
// strings and objects, every request goes through protobufjs and snappyjs.

import protobuf from 'protobufjs'
import snappy from 'snappyjs'

const [port = '', targetCount = '1', sinkPort = '', intervalMs = '1000'] = process.argv.slice(2)

const { root } = protobuf.parse(`
  syntax = "proto3";
  message WriteRequest { repeated TimeSeries timeseries = 1; }
  message TimeSeries { repeated Label labels = 1; repeated Sample samples = 2; }
  message Label { string name = 1; string value = 2; }
  message Sample { double value = 1; int64 timestamp = 2; }
`)
const WriteRequest = root.lookupType('WriteRequest')

interface Label {
  readonly name: string
  readonly value: string
}

interface Series {
  readonly labels: Label[]
  readonly samples: { value: number; timestamp: number }[]
}

let samples = 0

function parse(text: string, instance: string, timestamp: number): Series[] {
  const series: Series[] = []
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue
    const space = line.lastIndexOf(' ')
    const key = line.slice(0, space)
    const brace = key.indexOf('{')
    const labels: Label[] = [
      { name: '__name__', value: brace < 0 ? key : key.slice(0, brace) },
      { name: 'instance', value: instance },
      { name: 'job', value: 'bench' },
    ]
    for (const [, name = '', value = ''] of key.slice(brace).matchAll(/(\w+)="([^"]*)"/g)) {
      labels.push({ name, value })
    }
    labels.sort((a, b) => (a.name < b.name ? -1 : 1))
    series.push({ labels, samples: [{ value: Number(line.slice(space + 1)), timestamp }] })
  }
  return series
}

async function scrape(target: number): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/t/${target}`)
  const series = parse(await response.text(), `t${target}`, Date.now())
  samples += series.length
  const message = WriteRequest.encode(WriteRequest.create({ timeseries: series })).finish()
  await fetch(`http://127.0.0.1:${sinkPort}/api/v1/write`, {
    method: 'POST',
    body: new Uint8Array(snappy.compress(message)),
    headers: { 'content-type': 'application/x-protobuf', 'content-encoding': 'snappy' },
  })
}

for (let target = 0; target < Number(targetCount); target++) {
  let busy = false
  setTimeout(
    () => {
      setInterval(async () => {
        if (busy) return
        busy = true
        await scrape(target).catch(() => undefined)
        busy = false
      }, Number(intervalMs))
    },
    (target * Number(intervalMs)) / Number(targetCount),
  )
}
process.on('SIGUSR2', () => console.log(samples))
