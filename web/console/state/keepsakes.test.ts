import { describe, expect, test } from 'vitest'
import { keepsakes } from './keepsakes.ts'

/** Enough of a Storage: its keys are its own properties, as a browser's are. */
function memory(): Storage {
  const methods = {
    getItem(key: string) {
      return (this as unknown as Record<string, string>)[key] ?? null
    },
    setItem(key: string, value: string) {
      Object.assign(this, { [key]: value })
    },
    removeItem(key: string) {
      delete (this as unknown as Record<string, string>)[key]
    },
  }
  return Object.create(methods) as Storage
}

describe('what the browser remembers', () => {
  test('is a draft and an unsent reply for each hand-over, and whether single keys are on', () => {
    const storage = memory()
    const reply = { text: 'Yes.', clientMessageId: 'c1', claimFirst: true }
    const before = keepsakes(() => storage)
    before.keepDraft('hnd_1', 'A draft')
    before.keepUnsent('hnd_2', reply)
    before.keepShortcuts(false)
    const after = keepsakes(() => storage)
    expect([after.draft('hnd_1'), after.draft('hnd_2')]).toEqual(['A draft', ''])
    expect(after.allUnsent()).toEqual([{ handoff: 'hnd_2', reply }])
    expect(after.shortcuts()).toBe(false)
  })
  test('forgets drafts and replies at once, and nothing of others', () => {
    const storage = memory()
    storage.setItem('purser.widget.draft', 'of a shopper')
    const kept = keepsakes(() => storage)
    kept.keepDraft('hnd_1', 'A draft')
    kept.keepUnsent('hnd_1', { text: 'Yes.', clientMessageId: 'c1', claimFirst: false })
    kept.forget()
    expect(Object.keys(storage)).toEqual(['purser.widget.draft'])
  })
  test('is nothing where storage is forbidden or holds something else', () => {
    const forbidden = keepsakes(() => {
      throw new DOMException('denied', 'SecurityError')
    })
    forbidden.keepDraft('hnd_1', 'A draft')
    expect([forbidden.draft('hnd_1'), forbidden.allUnsent(), forbidden.shortcuts()]).toEqual(['', [], true])
    const storage = memory()
    storage.setItem('purser.desk.unsent.hnd_1', '{"text":1}')
    expect(keepsakes(() => storage).allUnsent()).toEqual([])
  })
  test('gives the wanted address once', () => {
    const storage = memory()
    const kept = keepsakes(() => storage)
    kept.keepWanted('/console?handoff=hnd_1')
    expect([kept.takeWanted(), kept.takeWanted()]).toEqual(['/console?handoff=hnd_1', null])
  })
})
