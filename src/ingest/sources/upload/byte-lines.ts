const LF = 10
const CR = 13

/** `bytes` is null for a line over the limit. `ended`: a line break followed; false for the last line of a file that lacks one. */
export type ByteLine = { line: number; bytes: Buffer | null; ended: boolean }

/**
 * Lines of a stream of bytes, as many at a time as a part of it ends; line breaks are LF, CR LF or CR. Of a line over `longest`
 * bytes nothing is kept, so memory stays bounded by it. Throws what `body` throws.
 */
export async function* byteLines(
  body: AsyncIterable<Uint8Array>,
  longest: number,
  signal: AbortSignal,
): AsyncGenerator<ByteLine[]> {
  let kept: Buffer[] = []
  let length = 0
  let line = 1
  let afterCr = false
  const keep = (bytes: Buffer) => {
    length += bytes.length
    if (length <= longest) kept.push(bytes)
    else kept = []
  }
  const take = (ended: boolean): ByteLine => {
    const taken = { line: line++, bytes: length > longest ? null : Buffer.concat(kept), ended }
    kept = []
    length = 0
    return taken
  }
  for await (const part of body) {
    signal.throwIfAborted()
    const bytes = Buffer.from(part.buffer, part.byteOffset, part.byteLength)
    const lines: ByteLine[] = []
    let from: number = afterCr && bytes[0] === LF ? 1 : 0
    let lf = bytes.indexOf(LF, from)
    let cr = bytes.indexOf(CR, from)
    if (bytes.length > 0) afterCr = false
    while (lf !== -1 || cr !== -1) {
      const at = lf === -1 || (cr !== -1 && cr < lf) ? cr : lf
      keep(bytes.subarray(from, at))
      lines.push(take(true))
      from = at + 1
      if (at === cr) {
        afterCr = from === bytes.length
        if (bytes[from] === LF) from++
        cr = bytes.indexOf(CR, from)
      }
      if (lf !== -1 && lf < from) lf = bytes.indexOf(LF, from)
    }
    // A copy: the sender may use its buffer again.
    if (from < bytes.length) keep(Buffer.from(bytes.subarray(from)))
    if (lines.length > 0) yield lines
  }
  if (length > 0) yield [take(false)]
}
