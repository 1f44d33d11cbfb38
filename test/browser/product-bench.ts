import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { startPurser } from '#app/embedded.ts'
import { type InstanceKeys, readKeys } from '#app/keys.ts'
import { readConfig } from '#config.ts'
import type { Answer, Citation } from '#domain/answer.ts'
import type { ShopDocument } from '#domain/document.ts'
import { demoFolder } from '../fixtures/demo-folder.ts'
import { callInstance } from '../fixtures/shopper.ts'

/** The product with its demo shop, as it is installed: real answers, real database, the pages of the shop at `url`/demo. */
export async function productBench() {
  const { signal } = new AbortController()
  const folder = await demoFolder('purser-browser-')
  const settings = { PORT: '0', PURSER_DATA: folder, PURSER_LOG_LEVEL: 'silent', PURSER_RATE_LIMITS: '0' }
  const purser = await startPurser(readConfig(settings), signal)
  const keys = (await readKeys(folder, signal)) as InstanceKeys
  const admin = (method: string, path: string, body?: unknown) =>
    callInstance(purser.url, method, path, { token: keys.adminKey, ...(body === undefined ? {} : { body }) })
  const address = (id: string) => `/v1/documents/${encodeURIComponent(id)}`

  return {
    url: purser.url,
    shopUrl: `${purser.url}/demo`,
    keys,
    admin,
    /** Stores a document in place of the one before it; it is in answers from then on. */
    async put(id: string, document: Omit<Partial<ShopDocument>, 'id'>): Promise<void> {
      const reply = await callInstance(purser.url, 'PUT', address(id), { token: keys.ingestKey, body: document })
      if (reply.status !== 200) throw new Error(reply.text)
    },
    async remove(id: string): Promise<void> {
      await callInstance(purser.url, 'DELETE', address(id), { token: keys.ingestKey })
    },
    async document(id: string): Promise<ShopDocument> {
      return (await admin('GET', address(id))).json as ShopDocument
    },
    /** The text of a cited passage as it is stored; null when search no longer finds it. */
    async passage({ chunkId, title, quote }: Citation): Promise<string | null> {
      const found = await admin('POST', '/v1/search', { query: `${title} ${quote}`.slice(0, 2_000), limit: 50 })
      const { items } = found.json as { items: { chunkId: string; text: string }[] }
      return items.find((item) => item.chunkId === chunkId)?.text ?? null
    },
    /** The code in the newest message to `email`. */
    async codeFor(email: string): Promise<string> {
      let code = ''
      await expect
        .poll(async () => {
          for (const file of (await readdir(purser.outboxFolder).catch(() => [])).sort()) {
            const mail = await readFile(join(purser.outboxFolder, file), 'utf8')
            if (mail.toLowerCase().includes(`to: ${email.toLowerCase()}`))
              code = /\b\d{6}\b/.exec(mail.split('\r\n\r\n')[1] ?? '')?.[0] ?? code
          }
          return code
        })
        .toMatch(/^\d{6}$/)
      return code
    },
    async close() {
      await purser.close(signal)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export type ProductBench = Awaited<ReturnType<typeof productBench>>

/** What the server sent for the question that `act` asks: the whole response, and the answer in it. */
export async function answerTold(page: Page, act: () => Promise<void>): Promise<{ answer: Answer; body: string }> {
  const before = await page.evaluate(() => {
    const told = (Reflect.get(window, 'told') ?? []) as string[]
    if (Reflect.has(window, 'told')) return told.length
    Object.assign(window, { told })
    // The widget lets go of a stream once it has the answer, so the browser keeps no body to be asked for.
    const real = window.fetch
    window.fetch = async (...given) => {
      const response = await real(...given)
      if (/\/messages$/.test(response.url))
        void response
          .clone()
          .text()
          .then((body) => told.push(body))
      return response
    }
    return 0
  })
  await act()
  const got = await page.waitForFunction((at) => (Reflect.get(window, 'told') as string[])[at], before)
  const body = String(await got.jsonValue())
  const data = /event: answer[\s\S]*?data: (.*)/.exec(body)?.[1]
  if (!data) throw new Error(`no answer in ${body}`)
  return { answer: JSON.parse(data) as Answer, body }
}
