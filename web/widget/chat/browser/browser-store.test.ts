import { describe, expect, test } from 'vitest'
import { browserStore } from './browser-store.ts'

/** Items as a browser's Storage has them: as keys of its own, its methods inherited. */
function storage(given: { full?: boolean; closed?: boolean } = {}): Storage {
  const items: Record<string, string> = Object.create({
    getItem: (key: string) => (given.closed ? refuse() : (items[key] ?? null)),
    setItem(key: string, value: string) {
      if (given.full || given.closed) refuse()
      items[key] = value
    },
    removeItem(key: string) {
      if (given.closed) refuse()
      delete items[key]
    },
  })
  return items as unknown as Storage
}
const refuse = () => {
  throw new DOMException('no', 'QuotaExceededError')
}

describe('what the browser keeps', () => {
  test('is in its storage', () => {
    const there = storage()
    browserStore(there).set('a', '1')
    expect([browserStore(there).get('a'), browserStore(there).keys()]).toEqual(['1', ['a']])
    browserStore(there).remove('a')
    expect([browserStore(there).get('a'), browserStore(there).keys()]).toEqual([null, []])
  })

  test.each([
    ['blocked', null],
    ['closed later', storage({ closed: true })],
    ['full', storage({ full: true })],
  ])('lasts as long as the page where storage is %s', (_case, there) => {
    const store = browserStore(there)
    store.set('a', '1')
    expect([store.get('a'), store.keys()]).toEqual(['1', ['a']])
    store.set('a', '2')
    expect(store.get('a')).toBe('2')
    store.remove('a')
    expect([store.get('a'), store.keys()]).toEqual([null, []])
  })

  test('is the newest, though older words are left in a storage that became full', () => {
    const given = { full: false, closed: false }
    const store = browserStore(storage(given))
    store.set('a', 'old')
    given.full = true
    store.set('a', 'new')
    expect(store.get('a')).toBe('new')
    given.closed = true
    store.remove('a')
    expect([store.get('a'), store.keys()]).toEqual([null, []])
  })
})
