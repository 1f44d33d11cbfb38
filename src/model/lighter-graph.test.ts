import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { lighterGraph } from './lighter-graph.ts'

const shipped = readFileSync(resolve(import.meta.dirname, '../../models/purser-embed/model.onnx'))
const times = (bytes: Uint8Array, word: string) => Buffer.from(bytes).toString('latin1').split(word).length - 1

test('takes the slow fused operators of the shipped model apart', () => {
  expect([times(shipped, 'SkipLayerNormalization'), times(shipped, 'BiasGelu')]).toEqual([12, 6])
  const lighter = lighterGraph(shipped)
  expect([times(lighter, 'SkipLayerNormalization'), times(lighter, 'BiasGelu')]).toEqual([0, 0])
  // Names and numbers of the weights are as they were; some hundred bytes a node came to it.
  expect(lighter.length - shipped.length).toBeGreaterThan(0)
  expect(lighter.length - shipped.length).toBeLessThan(5_000)
})

test('leaves a model without them as it is, byte for byte', () => {
  const once = lighterGraph(shipped)
  expect(Buffer.compare(lighterGraph(once), once)).toBe(0)
})

test('refuses bytes that end too early or are none of a model', () => {
  expect(() => lighterGraph(shipped.subarray(0, 1_000_000))).toThrow(RangeError)
  expect(() => lighterGraph(Buffer.from('no model at all'))).toThrow(RangeError)
})
