declare module 'snappyjs' {
  interface Snappy {
    compress(content: Uint8Array): Uint8Array
    uncompress(block: Uint8Array): Uint8Array
  }
  const snappy: Snappy
  export default snappy
}
