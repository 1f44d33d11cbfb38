import { createParser } from 'eventsource-parser'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type EventBlock, eventText } from './event-text.ts'

const read = (...pieces: string[]) => {
  const feed = eventText()
  return pieces.flatMap((piece) => feed(piece))
}
const event = (data: string, id = '', name = 'message'): EventBlock => ({ kind: 'event', id, event: name, data })

describe('the text of an event stream', () => {
  test.each([
    ['id: 1\nevent: delta\ndata: {}\n\n', [event('{}', '1', 'delta')]],
    ['data:a\ndata: b\ndata:  c\n\n', [event('a\nb\n c')]],
    ['data\n\n', [event('')]],
    ['event: nothing\n\n', []],
    [': still here\n\ndata: a\r\n\r\ndata: b\r\rdata: c', [{ kind: 'comment' }, event('a'), event('b')]],
    ['id: 1\ndata: a\n\ndata: b\n\n', [event('a', '1'), event('b')]],
    ['retry: 10\ndata: a:b\n\n', [event('a:b')]],
    ['<html>\n', [{ kind: 'strange' }]],
  ] as const)('%j', (text, blocks) => {
    expect(read(text)).toEqual(blocks)
  })

  test('is read as a well-known parser reads it, wherever it is cut', () => {
    const line = fc.oneof(
      fc.constantFrom('', '', 'data', 'event: x', 'id: 7', ': note', 'data: {"a": "b: c"}', 'data:  é€ 😀'),
      fc.string({ maxLength: 5, unit: fc.constantFrom('a', ' ', ':') }).map((text) => `data: ${text}`),
    )
    const text = fc
      .array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r')), { maxLength: 20 })
      .map((lines) => lines.map((pair) => pair.join('')).join(''))
    fc.assert(
      fc.property(text, fc.array(fc.nat(200), { maxLength: 6 }), (whole, cuts) => {
        const theirs: EventBlock[] = []
        const parser = createParser({
          onEvent: ({ id = '', event = 'message', data }) => void theirs.push({ kind: 'event', id, event, data }),
          onComment: () => void theirs.push({ kind: 'comment' }),
        })
        parser.feed(whole)
        const places = [0, ...cuts.filter((cut) => cut < whole.length).sort((one, other) => one - other), whole.length]
        const pieces = places.slice(1).map((place, index) => whole.slice(places[index], place))
        // A carriage return at the very end may still become half of a line's end.
        fc.pre(!whole.endsWith('\r'))
        expect(read(...pieces)).toEqual(theirs)
      }),
    )
  })
})
