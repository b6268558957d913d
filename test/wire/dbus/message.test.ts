import { expect, it } from 'vitest'
import { decodeMessage, encodeAnswer, encodeCall } from '../../../src/wire/dbus/message.ts'

const call = encodeCall(7, {
  destination: 'org.freedesktop.systemd1',
  path: '/org/freedesktop/systemd1',
  interface: 'org.freedesktop.DBus.Properties',
  member: 'Get',
  signature: 'ss',
  values: ['a', 'b'],
})

it('reads back a call', () => {
  expect(decodeMessage(call)).toEqual({
    length: call.length,
    message: {
      type: 1,
      serial: 7,
      replySerial: 0,
      errorName: '',
      path: '/org/freedesktop/systemd1',
      member: 'Get',
      values: ['a', 'b'],
    },
  })
})

it.each([
  ['', 2],
  ['a.b.Error', 3],
])('reads back an answer with the error %j', (errorName, type) => {
  const signature = 'a(so)'
  const bytes = encodeAnswer(3, { errorName, replySerial: 7, signature, values: [[['x', '/y']]] })
  const { message } = decodeMessage(bytes) ?? {}
  expect(message).toMatchObject({ type, serial: 3, replySerial: 7, errorName })
  expect(message?.values).toEqual([[['x', '/y']]])
})

it('waits for the rest, wherever a message is cut', () => {
  for (let at = 0; at < call.length; at++) {
    expect(decodeMessage(call.subarray(0, at))).toBeUndefined()
  }
  expect(decodeMessage(Buffer.concat([call, call]))?.length).toBe(call.length)
})

it('refuses what is none, and what is too long', () => {
  expect(() => decodeMessage(Buffer.alloc(64, 'x'))).toThrow('cannot read a D-Bus message')
  const long = Buffer.from(call)
  long.writeUInt32LE(2 ** 31, 4)
  expect(() => decodeMessage(long)).toThrow('it is too long')
})
