import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPurser } from '#app/embedded.ts'
import { readKeys } from '#app/keys.ts'
import { readConfig } from '#config.ts'
import type { Answer } from '#domain/answer.ts'
import { callInstance, shopperAt } from '../../test/fixtures/shopper.ts'

type Found = { documentId: string; text: string }

/** The whole product on a folder of its own, as other systems and a shopper see it: the demo shop, or a shop without content. */
export async function runningShop(content: 'demo shop' | 'none', signal: AbortSignal) {
  const folder = await mkdtemp(join(tmpdir(), 'purser-freshness-'))
  const purser = await startPurser(
    readConfig({
      ...{ PORT: '0', PURSER_DATA: folder, PURSER_DEMO: content === 'none' ? '0' : '1' },
      ...{ PURSER_LOG_LEVEL: 'silent', PURSER_RATE_LIMITS: '0' },
    }),
    signal,
  )
  const keys = await readKeys(folder, signal)
  if (!keys) throw new Error('the instance has no keys')
  const shopper = await shopperAt(purser.url, keys)
  return {
    async tell(event: object): Promise<void> {
      const { json, text } = await callInstance(purser.url, 'POST', '/v1/events', {
        token: keys.eventsKey,
        body: event,
      })
      if ((json as { accepted?: number }).accepted !== 1) throw new Error(`the event was not taken: ${text}`)
    },
    /** The content of a document as it is stored now; null before it is. */
    async stored(id: string): Promise<string | null> {
      const path = `/v1/documents/${encodeURIComponent(id)}`
      const { status, json } = await callInstance(purser.url, 'GET', path, { token: keys.ingestKey })
      return status === 200 ? (json as { text: string }).text : null
    },
    async search(query: string): Promise<Found[]> {
      const body = { query: query.slice(0, 500), limit: 10 }
      const { json } = await callInstance(purser.url, 'POST', '/v1/search', { token: keys.adminKey, body })
      return (json as { items: Found[] }).items
    },
    ask: (question: string): Promise<Answer> => shopper.ask(question.slice(0, 500)),
    async close() {
      await purser.close(signal)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
export type RunningShop = Awaited<ReturnType<typeof runningShop>>
