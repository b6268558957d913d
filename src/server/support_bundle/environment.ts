// The variables of the environment that say how the program runs.

type Environment = Readonly<Record<string, string | undefined>>

const proxies = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy'] as const

/** Upstream's, those of Go's runtime included, then those of Node.js. */
const names: readonly string[] = [
  'AUTOMEMLIMIT',
  'GODEBUG',
  'GOGC',
  'GOMAXPROCS',
  'GOMEMLIMIT',
  'HOSTNAME',
  ...proxies,
  'NO_PROXY',
  'no_proxy',
  'PPROF_BLOCK_PROFILING_RATE',
  'PPROF_MUTEX_PROFILING_PERCENT',
  'NODE_OPTIONS',
  'UV_THREADPOOL_SIZE',
]

/** One `name=value` a line, without an LF at the end. `redact` sees each line. */
export function environmentText(
  environment: Environment,
  redact: (text: string) => string,
): string {
  return names
    .map((name) => {
      const value = environment[name] ?? ''
      const isProxy = proxies.some((proxy) => proxy === name)
      return redact(`${name}=${isProxy ? withoutLogin(value) : value}`)
    })
    .join('\n')
}

/** The login of a proxy, which may be given without a scheme. */
function withoutLogin(proxy: string): string {
  return proxy.replace(/^([a-z0-9+.-]+:\/\/)?.*@/is, (_, scheme = '') => `${scheme}(secret)@`)
}
