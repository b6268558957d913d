import { describe, expect, it } from 'vitest'
import { directHosts, proxyChoice } from '../../src/net/proxy.ts'

describe('no_proxy', () => {
  it.each<[string, string, boolean]>([
    ['example.com', 'http://example.com/', true],
    ['example.com', 'http://a.example.com/', true],
    ['example.com', 'http://badexample.com/', false],
    ['.example.com', 'http://example.com/', false],
    ['.example.com', 'http://a.example.com/', true],
    ['*.example.com', 'http://a.example.com/', true],
    ['EXAMPLE.com', 'http://Example.COM/', true],
    ['example.com:81', 'http://example.com:81/', true],
    ['example.com:81', 'http://example.com/', false],
    ['example.com:443', 'https://example.com/', true],
    ['10.0.0.0/8', 'http://10.1.2.3/', true],
    ['10.0.0.0/8', 'http://11.1.2.3/', false],
    ['10.0.0.0/99', 'http://10.1.2.3/', false],
    ['fd00::/8', 'http://[fd00::1]:9/', true],
    ['10.1.2.3', 'http://10.1.2.3:99/', true],
    ['10.1.2.3:98', 'http://10.1.2.3:99/', false],
    ['[fd00::1]:9', 'http://[fd00::1]:9/', true],
    ['a.test, b.test', 'http://b.test/', true],
    ['*', 'http://anything/', true],
    ['', 'http://anything/', false],
    ['', 'http://localhost:1/', true],
    ['', 'http://127.0.0.2/', true],
    ['', 'http://[::1]/', true],
  ])('%s of %s is direct: %s', (noProxy, url, expected) => {
    expect(directHosts(noProxy)(new URL(url))).toBe(expected)
  })
})

describe('proxyChoice', () => {
  const far = new URL('http://far.test/')

  it('has no exceptions for proxy_url alone, not even loopback', () => {
    const choice = proxyChoice({ proxy_url: 'http://p:1' }, {})
    expect(String(choice(new URL('http://localhost/')))).toBe('http://p:1/')
  })

  it('reads the environment by scheme', () => {
    const environment = { HTTP_PROXY: 'p:1', https_proxy: 'https://q:2', NO_PROXY: 'near.test' }
    const choice = proxyChoice({ proxy_from_environment: true }, environment)
    expect(String(choice(far))).toBe('http://p:1/')
    expect(String(choice(new URL('https://far.test/')))).toBe('https://q:2/')
    expect(choice(new URL('http://near.test/'))).toBeUndefined()
  })

  it('takes no environment that it is not told to', () => {
    expect(proxyChoice({}, { HTTP_PROXY: 'p:1' })(far)).toBeUndefined()
  })

  it('refuses what it cannot use, without repeating it', () => {
    expect(() => proxyChoice({ proxy_url: 'socks5://u:pw@p:1' }, {})).toThrow(/^proxies of scheme/)
    expect(() => proxyChoice({ proxy_url: 'http://u:pw@:x' }, {})).toThrow(/^proxy_url is not/)
  })
})
