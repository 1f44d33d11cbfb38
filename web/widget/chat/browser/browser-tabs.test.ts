import { describe, expect, test } from 'vitest'
import { manualClock, settled } from '../../../../test/fakes/manual-clock.ts'
import { memoryBrowser } from '../../../../test/fakes/memory-browser.ts'
import { browserTabs } from './browser-tabs.ts'

const { signal } = new AbortController()

describe('turns without Web Locks', () => {
  function tabs(many: number) {
    const browser = memoryBrowser()
    const clock = manualClock()
    const all = Array.from({ length: many }, (_, index) =>
      browserTabs(browser.tab().store, clock, () => `tab${index}`, undefined),
    )
    return { clock, browser, all }
  }

  test('let one tab work at a time, and every one in the end', async () => {
    const { clock, all, browser } = tabs(3)
    let inside = 0
    let most = 0
    let done = 0
    const work = async () => {
      inside += 1
      most = Math.max(most, inside)
      await clock.sleep(3_000, signal)
      inside -= 1
      done += 1
    }
    const working = Promise.all(all.map((tab) => tab.exclusively('send', work, signal)))
    for (let second = 0; second < 60 && done < 3; second += 1) await clock.advance(1_000)
    await working
    expect([most, done]).toEqual([1, 3])
    expect([...browser.stored]).toEqual([])
  })

  test('go on when the tab that had its turn is gone', async () => {
    const { clock, all, browser } = tabs(2)
    browser.stored.set('purser:hold:send', JSON.stringify({ by: 'gone', until: clock.now().getTime() + 6_000 }))
    const turn = all[0]?.exclusively('send', async () => 'mine', signal)
    await clock.advance(7_000)
    expect(await turn).toBe('mine')
  })

  test('end with the reason when aborted while waiting', async () => {
    const { clock, all } = tabs(2)
    const end = new AbortController()
    void all[0]?.exclusively('send', () => clock.sleep(60_000, signal), signal)
    await clock.advance(100)
    const waiting = all[1]?.exclusively('send', async () => {}, end.signal)
    await settled()
    end.abort(new Error('no longer wanted'))
    await expect(waiting).rejects.toThrow('no longer wanted')
  })
})
