import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { agentAnswer, heldAnswer } from '../../../test/fakes/scripted-agent.ts'
import { chatBench, said } from '../../../test/fixtures/chat-bench.ts'

let bench: Awaited<ReturnType<typeof chatBench>>
beforeAll(async () => {
  bench = await chatBench()
})
beforeEach(() => bench.api.agent.does(() => agentAnswer({ text: 'Within 30 days. The label is free.' })))
afterAll(() => bench.close())

describe('a conversation', () => {
  test('shows question and answer, each once, and keeps them over a reload', async () => {
    const { page, browser, until } = bench.tab()
    await page.start()
    page.seen(true)
    expect(page.state).toMatchObject({ phase: 'ready', entries: [], busy: false, failure: null })
    expect(await page.send('Returns?')).toBe(true)
    expect(page.state).toMatchObject({ busy: true, entries: [{ state: 'sending' }, { state: 'working' }] })
    const done = await until(({ busy }) => !busy)
    expect(said(done)).toEqual(['shopper: Returns?', 'assistant: Within 30 days. The label is free.'])
    page.dispose()
    const reloaded = bench.tab(browser)
    await reloaded.page.start()
    expect(said(reloaded.page.state)).toEqual(said(done))
    expect(reloaded.page.state.entries.map(({ key }) => key)).toEqual(done.entries.map(({ key }) => key))
  })
})
