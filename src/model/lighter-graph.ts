/** One field of a message in protocol buffers' wire format: `bytes` is all of it, `body` what a field of length-delimited kind holds. */
type Field = { number: number; bytes: Uint8Array; body: Uint8Array }

/** Numbers of the fields read here, from onnx.proto: in ModelProto, in GraphProto, in NodeProto. */
const GRAPH = 7
const NODE = 1
const [INPUT, OUTPUT, OPERATOR, ATTRIBUTE, DOMAIN] = [1, 2, 4, 5, 7]
const CONTRIBUTED = 'com.microsoft'

/**
 * What the runtime must not do to a lighter graph: put together again what was taken apart. The value of its session option
 * `optimization.disable_specified_optimizers`.
 */
export const LEFT_APART = 'SkipLayerNormFusion;BiasSkipLayerNormFusion;BiasGeluFusion'

/**
 * The same model with fewer instructions: the runtime's fused kernels SkipLayerNormalization and BiasGelu work through their
 * numbers one by one, its plain ones (Add, LayerNormalization, Gelu) many at once, and a bias that stands right behind a product
 * costs nothing. Weights and meaning stay; results differ by rounding alone. A model without those operators comes back
 * as it was. Throws RangeError on bytes that are no protocol buffer. Measured: docs/decisions/0025-a-lighter-graph.md.
 */
export function lighterGraph(model: Uint8Array): Uint8Array<ArrayBuffer> {
  // Weights are most of it: they are views until the one copy at the end.
  return joined(
    fields(model).flatMap((field) => {
      if (field.number !== GRAPH) return [field.bytes]
      const graph = fields(field.body).flatMap(nodesOf)
      const length = graph.reduce((sum, { byteLength }) => sum + byteLength, 0)
      return [headOf(GRAPH, length), ...graph]
    }),
  )
}

/** What stands for a field of the graph: itself, or the nodes that take a fused node's place. */
function nodesOf(field: Field): Uint8Array[] {
  if (field.number !== NODE) return [field.bytes]
  const parts = fields(field.body)
  const texts = (number: number) => parts.filter((part) => part.number === number).map((part) => text(part.body))
  const [operator] = texts(OPERATOR)
  const [output = '', ...others] = texts(OUTPUT)
  const inputs = texts(INPUT)
  const attributes = parts.filter(({ number }) => number === ATTRIBUTE).map(({ bytes }) => bytes)
  if (others.length > 0 || inputs.includes('')) return [field.bytes]
  if (operator === 'SkipLayerNormalization' && inputs.length === 5) {
    const [product, skipped, scale, shift, bias] = inputs as [string, string, string, string, string]
    const [biased, sum] = [`${output}/biased`, `${output}/sum`]
    return [
      node('Add', [product, bias], biased),
      node('Add', [biased, skipped], sum),
      // The only attribute is epsilon, the same in both; the last axis is what both go by.
      node('LayerNormalization', [sum, scale, shift], output, attributes),
    ]
  }
  if (operator === 'BiasGelu' && inputs.length === 2) {
    const biased = `${output}/biased`
    return [node('Add', inputs, biased), node('Gelu', [biased], output, [], CONTRIBUTED)]
  }
  return [field.bytes]
}

function node(
  operator: string,
  inputs: string[],
  output: string,
  attributes: Uint8Array[] = [],
  domain = '',
): Uint8Array {
  return delimited(
    NODE,
    joined([
      ...inputs.map((input) => delimited(INPUT, Buffer.from(input))),
      delimited(OUTPUT, Buffer.from(output)),
      delimited(OPERATOR, Buffer.from(operator)),
      ...attributes,
      ...(domain ? [delimited(DOMAIN, Buffer.from(domain))] : []),
    ]),
  )
}

/** Views of the fields, in order. */
function fields(bytes: Uint8Array): Field[] {
  const all: Field[] = []
  for (let at = 0; at < bytes.length; ) {
    const start = at
    const tag = varint(bytes, at)
    at = tag.end
    let body = 0
    switch (tag.value % 8) {
      case 0:
        at = varint(bytes, at).end
        break
      case 1:
        at += 8
        break
      case 2: {
        const length = varint(bytes, at)
        body = length.value
        at = length.end + body
        break
      }
      case 5:
        at += 4
        break
      default:
        throw new RangeError('this is no protocol buffer')
    }
    if (at > bytes.length) throw new RangeError('the protocol buffer is cut off')
    all.push({
      number: Math.floor(tag.value / 8),
      bytes: bytes.subarray(start, at),
      body: bytes.subarray(at - body, at),
    })
  }
  return all
}

/** A number of seven bits a byte, the lowest first; above 2^53 only its end is right, and such are skipped here. */
function varint(bytes: Uint8Array, start: number): { value: number; end: number } {
  let value = 0
  for (let at = start, factor = 1; ; at += 1, factor *= 128) {
    const byte = bytes[at]
    if (byte === undefined) throw new RangeError('the protocol buffer is cut off')
    value += (byte % 128) * factor
    if (byte < 128) return { value, end: at + 1 }
  }
}

const delimited = (number: number, body: Uint8Array) => joined([headOf(number, body.length), body])
const headOf = (number: number, length: number) => Uint8Array.from([...varintOf(number * 8 + 2), ...varintOf(length)])

function varintOf(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varintOf(Math.floor(value / 128))]
}

/** In memory of its own. */
function joined(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.byteLength
  }
  return all
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString()
