import { expect, test } from 'vitest'
import { orderOf } from '../../../../test/fixtures/chat-over.ts'
import { readItems } from './read-items.ts'

const lines = [
  { sku: 'PAN-24', name: '24 cm frying pan', qty: 2, unitPrice: 3000 },
  { sku: 'TEA-1', name: 'Teapot', qty: 1, unitPrice: 2000 },
  { sku: 'TEA-10', name: 'Blue kettle', qty: 1, unitPrice: 4000 },
  { sku: 'MUG-4', name: 'Set of 4 mugs', qty: 3, unitPrice: 1500 },
]
const order = orderOf('NL-100234', { lines })
const read = (text: string) => readItems(text, order)
const [pan, tea, kettle, mugs] = ['PAN-24', 'TEA-1', 'TEA-10', 'MUG-4']

test.each([
  ['I want to return the 24 cm frying pan', [[pan, 2]]],
  ['the 24cm frying pan', [[pan, 2]]],
  ['one 24 cm frying pan', [[pan, 1]]],
  ['one of the 24 cm frying pans', [[pan, 1]]],
  ['Remove from order NL-100234: teapot', [[tea, 1]]],
  ['Remove from order 100234 the teapot', [[tea, 1]]],
  ['the 4 mugs', [[mugs, 3]]],
  ['two sets of mugs', [[mugs, 2]]],
  ['2 x mugs and 1 frying pan', mixed()],
  ['2x mugs', [[mugs, 2]]],
  ['zwei von den mugs', [[mugs, 2]]],
  ['3 rooms, mugs please', [[mugs, 3]]],
  ['in 2 weeks mugs', [[mugs, 3]]],
  ['Remove TEA-10 from my order', [[kettle, 1]]],
  ['Remove TEA-1 from my order', [[tea, 1]]],
  ['Remove 2 x MUG-4 from order NL-100234', [[mugs, 2]]],
  ['1 PAN-24', [[pan, 1]]],
  ['constructor mugs', [[mugs, 3]]],
  ['Return the teapot from my order', [[tea, 1]]],
  ['everything', lines.map(({ sku, qty }) => [sku, qty])],
])('%s names these units', (text, units) => {
  expect(read(text)).toEqual(units.map(([sku, qty]) => ({ sku, qty })))
})
function mixed() {
  return [
    [pan, 1],
    [mugs, 2],
  ]
}

test.each([
  'everything except the teapot',
  'the teapot, but not the mugs',
  'I keep the teapot, return the rest',
  'alles außer der teapot',
  'die mugs will ich behalten',
  'two teapots',
  '5 x mugs',
  '0 mugs',
])('%s does not say which', (text) => {
  expect(read(text)).toBeNull()
})

test.each(['Return my order', 'TEA-100', '§1', 'the sofa', 'return order NL-100234'])('%s names none', (text) => {
  expect(read(text)).toEqual([])
})

test('it is the one thing there is, unless it is to be left', () => {
  const single = orderOf('NL-1', { lines: [{ sku: 'TEA-1', name: 'Teapot', qty: 1, unitPrice: 2000 }] })
  expect(readItems('take it off', single)).toEqual([{ sku: 'TEA-1', qty: 1 }])
  const three = orderOf('NL-1', { lines: [{ sku: 'TEA-1', name: 'Teapot', qty: 3, unitPrice: 2000 }] })
  expect(readItems('only 2 of them', three)).toEqual([{ sku: 'TEA-1', qty: 2 }])
  for (const text of ['No, leave it', 'Nein, lassen Sie es', 'forget it']) expect(readItems(text, single)).toEqual([])
})
