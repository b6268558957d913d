import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OptionalSecret, Secret } from '../../src/eval/secret.ts'
import { SecretMask } from '../../src/services/secret_mask.ts'

describe('SecretMask', () => {
  it('leaves nothing of a secret that holds another', () => {
    const mask = new SecretMask()
    mask.remember(new Secret('hunter2pass'))
    mask.remember(new Secret('hunter2pass-prod-77'))
    expect(mask.apply('a hunter2pass-prod-77 b hunter2pass')).toBe('a (secret) b (secret)')
  })

  it('forgets those first that have not been in use for longest', () => {
    const mask = new SecretMask()
    mask.remember(new Secret('in-use-all-along'))
    for (let i = 0; i < 20_000; i++) {
      mask.remember(new Secret(`passing-secret-${i}`))
      if (i % 1000 === 0) mask.remember(new Secret('in-use-all-along'))
    }
    expect(mask.apply('in-use-all-along passing-secret-1')).toBe('(secret) passing-secret-1')
  })

  it('finds secrets in lists, maps and blocks', () => {
    const mask = new SecretMask()
    mask.remember({
      basic_auth: { password: new Secret('password-1') },
      http_headers: new Map([['X', [new Secret('password-2')]]]),
      content: new OptionalSecret('password-3', true),
      shown: new OptionalSecret('password-4', false),
    })
    expect(mask.apply('password-1 password-2 password-3 password-4')).toBe(
      '(secret) (secret) (secret) password-4',
    )
  })

  it.each([
    ['short words stay', 'abc', 'abc', 'abc'],
    [
      'the end of a line in a file does not hide it',
      'long-secret\n',
      'x long-secret',
      'x (secret)',
    ],
    ['nor does the encoding of a URL', 'p@ss/word', 'q=p%40ss%2Fword', 'q=(secret)'],
  ])('%s', (_, secret, text, expected) => {
    const mask = new SecretMask()
    mask.remember(new Secret(secret))
    expect(mask.apply(text)).toBe(expected)
  })

  it('finds what HTTP makes of a login', () => {
    const mask = new SecretMask()
    mask.remember({
      endpoint: [
        { url: 'http://me:p%40ssword-1@host/x', basic_auth: undefined },
        { url: 'http://host', basic_auth: { username: 'me', password: new Secret('password-2') } },
      ],
    })
    const sent = ['me:p@ssword-1', 'me:password-2'].map((login) =>
      Buffer.from(login).toString('base64'),
    )
    expect(mask.apply(`${sent.join(' ')} p@ssword-1 http://host`)).toBe(
      '(secret) (secret) (secret) http://host',
    )
  })

  it('finds the login in the address of a target', () => {
    const mask = new SecretMask()
    mask.remember({ targets: [new Map([['__address__', 'me:password-1@host:80']])] })
    expect(mask.apply('http://me:password-1@host:80/')).toBe('http://me:(secret)@host:80/')
    mask.remember(new Map([['image', 'name:1.25.3-alpine@sha256']]))
    expect(mask.apply('1.25.3-alpine')).toBe('1.25.3-alpine')
  })

  it('finds what looking for one after the other finds', () => {
    const secret = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 8, maxLength: 10 })
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 40 })
    fc.assert(
      fc.property(fc.array(secret, { maxLength: 4 }), text, (secrets, shown) => {
        const mask = new SecretMask()
        for (const each of secrets) mask.remember(new Secret(each))
        const expected = [...new Set(secrets)].reduce((masked, each) => {
          return masked.replaceAll(each, '(secret)')
        }, shown)
        expect(mask.apply(shown)).toBe(expected)
      }),
    )
  })

  it('forgets the oldest beyond its bound', () => {
    const mask = new SecretMask()
    for (let i = 0; i < 10_001; i++) mask.remember(new Secret(`password-${i}.`))
    expect(mask.apply('password-0. password-10000.')).toBe('password-0. (secret)')
  })

  it('survives what contains itself', () => {
    const ring: unknown[] = []
    ring.push(ring)
    new SecretMask().remember(ring)
  })
})
