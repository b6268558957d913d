// Messages of D-Bus: calls of methods and what answers them.
// Source: D-Bus Specification, Message Format.
//
//   0  1  `l` or `B`: the lowest or highest byte of numbers first
//   1  1  1 call, 2 answer, 3 error, 4 signal
//   2  1  flags
//   3  1  1, the version
//   4  4  length of the body
//   8  4  serial number
//  12  …  fields: an array of (byte, variant), filled up to 8 bytes
//      …  body

import { DbusReader, type DbusValue, type DbusVariant, DbusWriter } from './values.ts'

export const MessageType = { call: 1, answer: 2, error: 3, signal: 4 } as const

export interface DbusCall {
  readonly destination: string
  readonly path: string
  readonly interface: string
  readonly member: string
  readonly signature: string
  readonly values: readonly DbusValue[]
}

export interface DbusMessage {
  readonly type: number
  readonly serial: number
  /** Of the call that it answers; 0 for others. */
  readonly replySerial: number
  /** Empty unless it is an error. */
  readonly errorName: string
  /** Of calls and signals: the object, and the method or signal of it. */
  readonly path: string
  readonly member: string
  readonly values: readonly DbusValue[]
}

const headBytes = 16
/** The specification allows 128 MiB; what is asked for here is far smaller. */
const messageBytesMax = 16 * 2 ** 20

const fieldCodes = {
  path: 1,
  interface: 2,
  member: 3,
  errorName: 4,
  replySerial: 5,
  destination: 6,
  signature: 8,
} as const

export function encodeCall(serial: number, call: DbusCall): Buffer {
  const { path, member, destination, signature } = call
  return encode(MessageType.call, serial, signature, call.values, [
    [fieldCodes.path, { signature: 'o', value: path }],
    [fieldCodes.interface, { signature: 's', value: call.interface }],
    [fieldCodes.member, { signature: 's', value: member }],
    [fieldCodes.destination, { signature: 's', value: destination }],
  ])
}

/** What a peer answers; `errorName` where it could not. */
export function encodeAnswer(
  serial: number,
  {
    errorName = '',
    replySerial,
    signature,
    values,
  }: {
    readonly errorName?: string
    readonly replySerial: number
    readonly signature: string
    readonly values: readonly DbusValue[]
  },
): Buffer {
  const type = errorName === '' ? MessageType.answer : MessageType.error
  const name: Field = [fieldCodes.errorName, { signature: 's', value: errorName }]
  return encode(type, serial, signature, values, [
    [fieldCodes.replySerial, { signature: 'u', value: replySerial }],
    ...(errorName === '' ? [] : [name]),
  ])
}

type Field = readonly [code: number, value: DbusVariant]

function encode(
  type: number,
  serial: number,
  signature: string,
  values: readonly DbusValue[],
  fields: readonly Field[],
): Buffer {
  const body = new DbusWriter()
  body.values(signature, values)
  const all: readonly Field[] =
    signature === ''
      ? fields
      : [...fields, [fieldCodes.signature, { signature: 'g', value: signature }]]
  const head = new DbusWriter()
  head.values('yyyyuua(yv)', ['l'.charCodeAt(0), type, 0, 1, body.length, serial, all])
  head.align(8)
  return Buffer.concat([head.bytes(), body.bytes()])
}

/**
 * The first message in the bytes, and how many bytes it takes; undefined where more must come.
 * Throws where it is none.
 */
export function decodeMessage(
  bytes: Buffer,
): { readonly message: DbusMessage; readonly length: number } | undefined {
  if (bytes.length < headBytes) return undefined
  const isLittle = bytes[0] === 'l'.charCodeAt(0)
  if (!isLittle && bytes[0] !== 'B'.charCodeAt(0)) throw new Error('cannot read a D-Bus message')
  const word = (at: number) => (isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at))
  const headLength = Math.ceil((headBytes + word(12)) / 8) * 8
  const length = headLength + word(4)
  if (length > messageBytesMax) throw new Error('cannot read a D-Bus message: it is too long')
  if (bytes.length < length) return undefined
  const whole = bytes.subarray(0, length)
  const reader = new DbusReader(whole, { at: 12, isLittle })
  const [list] = reader.values('a(yv)')
  const fields = fieldsOf(list)
  reader.align(8)
  const signature = textOf(fields.get(fieldCodes.signature))
  return {
    length,
    message: {
      type: whole[1]!,
      serial: word(8),
      replySerial: Number(fields.get(fieldCodes.replySerial) ?? 0),
      errorName: textOf(fields.get(fieldCodes.errorName)),
      path: textOf(fields.get(fieldCodes.path)),
      member: textOf(fields.get(fieldCodes.member)),
      // Alignment goes on from the start of the body, which is aligned itself.
      values: reader.values(signature),
    },
  }
}

function fieldsOf(list: DbusValue | undefined): ReadonlyMap<number, DbusValue> {
  const fields = new Map<number, DbusValue>()
  for (const [code, variant] of list as readonly (readonly [number, DbusVariant])[]) {
    fields.set(code, variant.value)
  }
  return fields
}

function textOf(value: DbusValue | undefined): string {
  return typeof value === 'string' ? value : ''
}
