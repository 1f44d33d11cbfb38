import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Mishap } from '../../../test/fakes/faulty-fetch.ts'
import { manualClock } from '../../../test/fakes/manual-clock.ts'
import { agentAnswer } from '../../../test/fakes/scripted-agent.ts'
import { chatBench, said } from '../../../test/fixtures/chat-bench.ts'
import type { ChatState } from '../chat.port.ts'

let bench: Awaited<ReturnType<typeof chatBench>>
beforeAll(async () => {
  bench = await chatBench()
  bench.api.agent.does(({ text }) => agentAnswer({ text: `Thirty days. ${text} Der Versand ist kostenlos.` }))
})
afterAll(() => bench.close())

const mishap = fc.oneof(
  fc.record({ do: fc.constantFrom('cut' as const, 'end' as const), after: fc.nat(1_500) }),
  fc.constantFrom<Mishap>(
    { do: 'pass' },
    { do: 'refuse' },
    { do: 'twice' },
    { do: 'answer', status: 503 },
    { do: 'answer', status: 502, body: '<html>' },
    { do: 'answer', status: 429, headers: { 'retry-after': '1' } },
    { do: 'answer', status: 200, body: '<html>', headers: { 'content-type': 'text/html' } },
    { do: 'answer', status: 200, body: 'data: {', headers: { 'content-type': 'text/event-stream' } },
  ),
)
const answered = ({ busy, entries }: ChatState, many: number) =>
  !busy && entries.filter((entry) => entry.kind === 'assistant' && entry.state === 'done').length === many

/** Texts of an entry over time, each a beginning of the next, while it is there. */
function neverChanges(states: ChatState[]): void {
  const shown = new Map<string, string>()
  for (const { entries } of states)
    for (const entry of entries) {
      if (entry.kind !== 'assistant') continue
      expect(entry.text.startsWith(shown.get(entry.key) ?? '')).toBe(true)
      shown.set(entry.key, entry.text)
    }
}

test('whatever happens to requests, the conversation ends as the undisturbed one, and nothing shown ever changes', async () => {
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.array(mishap, { maxLength: 12 }), async (mishaps) => {
      run += 1
      const questions = [`First ${run}?`, `Second ${run}?`]
      const { page, net, states, until } = bench.tab(undefined, { clock: manualClock(bench.api.clock.now(), 4_500) })
      await page.start()
      page.seen(true)
      let nth = 0
      net.goes(() => mishaps[nth++] ?? { do: 'pass' })
      for (const [index, question] of questions.entries()) {
        await until(({ failure }) => failure?.what !== 'rate_limited')
        expect(await page.send(question)).toBe(true)
        await until((state) => {
          // As a shopper does who does not want to wait.
          if (state.failure && 'retryAt' in state.failure) setImmediate(() => void page.retry())
          return answered(state, index + 1)
        })
      }
      const whole = questions.flatMap((text) => [
        `shopper: ${text}`,
        `assistant: Thirty days. ${text} Der Versand ist kostenlos.`,
      ])
      expect(said(page.state)).toEqual(whole)
      neverChanges(states)
      const asked = bench.api.agent.asked.filter(({ text }) => questions.includes(text))
      expect(asked.map(({ text }) => text)).toEqual(questions)
      page.dispose()
    }),
    { numRuns: 6 },
  )
})
