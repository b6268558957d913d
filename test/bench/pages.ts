// Pages of a fake target: request histograms, containers with long labels, and hosts, a third each.

const methods = ['GET', 'POST', 'PUT', 'DELETE']
const codes = ['200', '201', '400', '404', '500', '503']
const bounds = [
  '0.005',
  '0.01',
  '0.025',
  '0.05',
  '0.1',
  '0.25',
  '0.5',
  '1',
  '2.5',
  '5',
  '10',
  '+Inf',
]

/** Always the same numbers between 0 and 1. */
function fixedRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** A number as exporters print it. */
function goFloat(value: number): string {
  const [mantissa = '', power = ''] = value.toExponential().split('e')
  const exponent = Number(power)
  if (exponent >= -4 && exponent < 6) return String(value)
  const size = String(Math.abs(exponent)).padStart(2, '0')
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${size}`
}

/** Text exposition of about `series` series; `variant` moves the values. */
export function page(series: number, variant: number): Buffer {
  const random = fixedRandom(7)
  const third = Math.floor(series / 3)
  const lines = ['# HELP http_request_duration_seconds Time spent serving.']
  lines.push('# TYPE http_request_duration_seconds histogram')
  for (let i = 0; i * 14 < third; i++) {
    const labels = `handler="/api/v1/query_${i % 10}",method="${methods[i % 4]}",status_code="${codes[i % 6]}",namespace="prod-${i % 3}",service="checkout-gateway",route_group="group_${i}"`
    for (const bound of bounds) {
      const count = Math.floor(random() ** 2 * 2e6 + variant * 900)
      lines.push(`http_request_duration_seconds_bucket{${labels},le="${bound}"} ${goFloat(count)}`)
    }
    lines.push(`http_request_duration_seconds_sum{${labels}} ${goFloat(random() * 1e5 + variant)}`)
    lines.push(
      `http_request_duration_seconds_count{${labels}} ${goFloat(Math.floor(random() * 1e6))}`,
    )
  }
  lines.push('# TYPE container_memory_working_set_bytes gauge')
  for (let i = 0; i < third; i++) {
    const id = random().toString(16).slice(2, 14)
    const bytes = Math.floor((random() * 8e9) / 4096 + variant * 700) * 4096
    lines.push(
      `container_memory_working_set_bytes{container="app-${i % 7}",id="/kubepods.slice/kubepods-burstable.slice/pod${id}/${id}",image="registry.example.net/team/app-${i % 7}:v1.${i % 9}",name="${id}",namespace="prod-${i % 3}",pod="app-${i % 7}-${id}",node="ip-10-0-${i % 16}-17",tier="backend",team="payments"} ${goFloat(bytes)}`,
    )
  }
  lines.push('# TYPE node_cpu_seconds_total counter')
  for (let i = 0; i < third; i++) {
    const seconds = random() * 1e5 + variant * 14.97
    lines.push(
      `node_cpu_seconds_total{cpu="${i >> 3}",mode="m${i % 8}",cluster="eu-west-1a"} ${goFloat(seconds)}`,
    )
  }
  return Buffer.from(`${lines.join('\n')}\n`)
}
