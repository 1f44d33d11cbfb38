import { expect, test } from 'vitest'
import { chunkOf } from '../../../../test/fixtures/chunk-builder.ts'
import { encodePassage } from '../../encoder/passage-encoder.ts'
import { vocabulary } from '../../encoder/vocabulary.ts'
import { wholeChunk } from './lazy-chunk.ts'
import { passageTable } from './passage-table.ts'

const FAQ = chunkOf('faq', { kind: 'faq', question: 'What\nnow, "Überraschung"?', text: 'Two\nlines.', sku: 'A-1' })

function tableOf(chunk = FAQ) {
  const table = passageTable()
  return { table, slot: table.add(chunk, encodePassage(chunk, vocabulary())) }
}

test('a passage read in part says of every field what the whole one says', () => {
  for (const chunk of [FAQ, chunkOf('page', { kind: 'policy', validUntil: '2026-05-01T00:00:00.000Z' })]) {
    const { table, slot } = tableOf(chunk)
    const lazy = table.lazily(slot)
    for (const [name, value] of Object.entries(chunk)) expect(lazy[name as keyof typeof lazy], name).toEqual(value)
    expect(lazy.price).toBeUndefined()
    expect(wholeChunk(lazy)).toEqual(chunk)
    expect(Object.keys(wholeChunk(lazy)).sort()).toEqual(Object.keys(chunk).sort())
  }
})

test('a passage that went while it was being ranked is read as it was', () => {
  const { table, slot } = tableOf()
  const lazy = table.lazily(slot)
  table.remove(slot)
  expect(lazy.text).toBe(FAQ.text)
  expect(wholeChunk(lazy)).toEqual(FAQ)
})

test('a plain chunk is whole', () => {
  expect(wholeChunk(FAQ)).toBe(FAQ)
})
