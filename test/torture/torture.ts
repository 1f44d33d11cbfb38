import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { DEFAULT_SHOP } from '#app/demo-shop.ts'
import { type InstanceKeys, readKeys } from '#app/keys.ts'
import { sendEvents, verifyEvents } from './event-work.ts'
import { approveCases, openCaseLedger, reportOrders, usePolicy } from './exceptions/case-work.ts'
import { addLostParcels, besideInstance, letSystemsFail, letSystemsWork } from './exceptions/case-world.ts'
import { allSettled, verifyCases } from './exceptions/verify-cases.ts'
import { type Call, type Ledger, openLedger, type Verdict, verify, verifyImports } from './ledger.ts'
import { type ProductProcess, postmasterOf, startProduct, until } from './product-process.ts'

export type TortureOptions = { rounds: number; seed: number; onRound?: (line: string) => void }
export type TortureResult = {
  rounds: number
  seed: number
  kills: number
  faults: number
  acknowledged: number
  lost: number
  duplicated: number
  /** Beyond a budget, without authority, or an audit that is not whole. */
  forbidden: number
  /** Order exceptions: reports and approvals acknowledged, approvals refused for another, effects in the shop's systems. */
  reported: number
  approved: number
  refused: number
  effects: number
  details: string[]
}

const QUESTIONS = [
  'How long do I have to return an item?',
  'What payment methods do you accept?',
  'Where is my order?',
  'Do you offer gift cards?',
  'What does the warranty cover?',
]
const DOCUMENTS_AN_IMPORT = 120
const PARCELS_A_ROUND = 6
/** A sender's time and some. */
const SETTLED_WITHIN_MS = 180_000
/** The last start: whatever killed processes had begun or held is over by then. */
const LATER_MS = 180_000
const TARGETS = ['server', 'postgres', 'both'] as const

/**
 * Kills the server, PostgreSQL or both with SIGKILL at a random instant of each round while documents, imports, events,
 * conversations and order exceptions are written, the latter over systems that fail; then holds the product to everything it acknowledged. Same seed, same instants and targets.
 */
export async function torture({ rounds, seed, onRound }: TortureOptions): Promise<TortureResult> {
  const random = seededRandom(seed)
  const folder = await mkdtemp(join(tmpdir(), 'purser-torture-'))
  const ledger = openLedger()
  const cases = openCaseLedger()
  const orders: string[] = []
  const result: TortureResult = {
    rounds: 0,
    seed,
    kills: 0,
    faults: 0,
    acknowledged: 0,
    lost: 0,
    duplicated: 0,
    forbidden: 0,
    reported: 0,
    approved: 0,
    refused: 0,
    effects: 0,
    details: [],
  }
  let product = null as ProductProcess | null
  try {
    for (let round = 0; round < rounds; round++) {
      product = product?.alive() ? product : await startProduct(folder)
      const { call, keys, origin } = await access(product, folder)
      if (round === 0) await usePolicy(call, keys)
      const lost = await besideInstance(folder, async (database) => {
        if (round === 0) await letSystemsFail(database, DEFAULT_SHOP)
        return addLostParcels(database, DEFAULT_SHOP, round, PARCELS_A_ROUND)
      })
      note(result, await verify(ledger, patient(call), keys), onRound)
      const target = TARGETS[Math.floor(random() * TARGETS.length)] ?? 'server'
      const afterMs = 100 + random() * 1_400
      const stop = new AbortController()
      const work = { cases, call, keys, stop: stop.signal, fault: () => result.faults++ }
      const writers = [writeDocuments, writeImports, sendEvents, converse].map((write) =>
        write({ ledger, origin, round, ...work }),
      )
      orders.push(...lost)
      writers.push(reportOrders(work, lost), approveCases(work))
      await wait(afterMs)
      result.kills += await strike(target, product, folder)
      stop.abort()
      await Promise.all(writers)
      if (target === 'postgres') await recovered(product, result, onRound ?? (() => {}))
      result.rounds++
      onRound?.(
        `round ${round + 1}/${rounds}: killed ${target} after ${Math.round(afterMs)} ms, ${ledger.acknowledged()} acknowledged, ${result.lost} lost, ${result.duplicated} duplicated`,
      )
    }
    await product?.kill('SIGTERM')
    product = await startProduct(folder, {}, LATER_MS)
    const { call, keys } = await access(product, folder)
    note(result, await verify(ledger, patient(call), keys))
    note(result, await verifyImports(ledger, patient(call), keys, (good) => until(good, 30_000)))
    note(result, await verifyEvents(ledger, patient(call), keys, (good) => until(good, 30_000)))
    await besideInstance(folder, async (database) => {
      await letSystemsWork(database, DEFAULT_SHOP)
      const settled = () => until(() => allSettled(database, DEFAULT_SHOP), SETTLED_WITHIN_MS)
      const rest = { cases, call: patient(call), keys, stop: AbortSignal.timeout(SETTLED_WITHIN_MS), fault: () => {} }
      // What is left is reported and approved in peace, and has to happen once like the rest.
      await reportOrders(
        rest,
        orders.filter((order) => !cases.reported.has(order)),
      )
      const looked = await settled()
      await approveCases(rest, true)
      if (!looked || !(await settled())) result.details.push('cases or actions are on their way for ever')
      const verdict = await verifyCases(cases, database, DEFAULT_SHOP, patient(call), keys)
      note(result, verdict)
      result.forbidden += verdict.forbidden.length
      result.details.push(...verdict.forbidden)
      result.effects = verdict.effects
    })
    result.reported = cases.reported.size
    result.approved = cases.approved.size
    result.refused = cases.refused
    result.acknowledged = ledger.acknowledged() + result.reported + result.approved
    return result
  } finally {
    await product?.kill('SIGTERM')
    await rm(folder, { recursive: true, force: true })
  }
}

async function access(
  product: ProductProcess,
  folder: string,
): Promise<{ call: Call; keys: InstanceKeys; origin: string }> {
  const keys = await readKeys(folder, new AbortController().signal)
  if (!keys) throw new Error('the product is ready but has no keys')
  const call: Call = async (method, path, { token, body, raw, headers = {} } = {}) => {
    const response = await fetch(product.url + path, {
      method,
      signal: AbortSignal.timeout(20_000),
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined && raw === undefined ? {} : { body: raw ?? JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, json: text.startsWith('{') ? JSON.parse(text) : undefined }
  }
  return { call, keys, origin: product.url }
}

/** The same as a well-behaved client: a 503 says that nothing was done and when to come again. */
function patient(call: Call): Call {
  return async (method, path, options) => {
    let reply = await call(method, path, options)
    await until(async () => {
      if (reply.status !== 503) return true
      reply = await call(method, path, options)
      return reply.status !== 503
    }, 20_000)
    return reply
  }
}

async function strike(target: (typeof TARGETS)[number], product: ProductProcess, folder: string): Promise<number> {
  const postmaster = target === 'server' ? null : await postmasterOf(folder)
  if (postmaster !== null) process.kill(postmaster, 'SIGKILL')
  if (target !== 'postgres') await product.kill('SIGKILL')
  return (postmaster === null ? 0 : 1) + (target === 'postgres' ? 0 : 1)
}

async function recovered(product: ProductProcess, result: TortureResult, tell: (line: string) => void): Promise<void> {
  const ready = await until(async () => (await fetch(`${product.url}/readyz`)).ok, 20_000)
  if (ready) return
  result.details.push(`not ready again after PostgreSQL was killed: ${product.log().slice(-2_000)}`)
  tell(result.details.at(-1) ?? '')
  result.lost++
  await product.kill('SIGKILL')
}

type Work = {
  ledger: Ledger
  call: Call
  keys: InstanceKeys
  origin: string
  round: number
  stop: AbortSignal
  fault: () => void
}

async function writeDocuments({ ledger, call, keys, round, stop, fault }: Work): Promise<void> {
  for (let at = 0; !stop.aborted; at++) {
    const id = `torture/${round}/${at}`
    const text = `The answer of ${id} is ${at * 7}.`
    const answer = await call('PUT', `/v1/documents/${encodeURIComponent(id)}`, {
      token: keys.ingestKey,
      body: { id, kind: 'faq', title: `Question ${id}?`, text },
    }).catch(() => null)
    if (answer && answer.status < 300) ledger.documents.set(id, text)
    else fault()
  }
}

async function writeImports({ ledger, call, keys, round, stop, fault }: Work): Promise<void> {
  for (let at = 0; !stop.aborted && at < 3; at++) {
    const ids = Array.from({ length: DOCUMENTS_AN_IMPORT }, (_, row) => `torture-import/${round}/${at}/${row}`)
    const raw = ids.map((id) => JSON.stringify({ id, kind: 'article', title: id, text: `Text of ${id}.` })).join('\n')
    const answer = await call('POST', `/v1/imports?source=torture-${round}&mode=upsert`, {
      token: keys.ingestKey,
      raw,
      headers: { 'content-type': 'application/x-ndjson' },
    }).catch(() => null)
    const id = (answer?.json as { id?: string } | undefined)?.id
    if (answer?.status === 202 && id) ledger.imports.set(id, { ids })
    else fault()
  }
}

async function converse({ ledger, call, keys, origin, round, stop, fault }: Work): Promise<void> {
  const opened = await openConversation(call, keys, origin).catch(() => null)
  if (!opened) return fault()
  for (let at = 0; !stop.aborted; at++) {
    const question = QUESTIONS[at % QUESTIONS.length] ?? ''
    const message = { ...opened, clientMessageId: `torture-${round}-${at}` }
    const answer = await call('POST', `/v1/conversations/${opened.conversation}/messages`, {
      token: opened.token,
      body: { text: question, clientMessageId: message.clientMessageId },
      headers: { accept: 'application/json' },
    }).catch(() => null)
    const answerId = (answer?.json as { id?: string } | undefined)?.id
    if (answer?.status === 200 && answerId) ledger.messages.push({ ...message, answerId, text: question })
    else {
      ledger.unanswered.push({ ...message, question })
      fault()
    }
  }
}

async function openConversation(
  call: Call,
  keys: InstanceKeys,
  origin: string,
): Promise<{ token: string; conversation: string } | null> {
  const session = await call('POST', '/v1/sessions', { body: { publicKey: keys.publicKey }, headers: { origin } })
  const token = (session.json as { token?: string } | undefined)?.token
  if (!token) return null
  const conversation = await call('POST', '/v1/conversations', { token, body: {} })
  const id = (conversation.json as { id?: string } | undefined)?.id
  return id ? { token, conversation: id } : null
}

function note(result: TortureResult, { lost, duplicated }: Verdict, tell: (line: string) => void = () => {}): void {
  for (const detail of [...lost, ...duplicated].slice(0, 3)) tell(detail)
  result.lost += lost.length
  result.duplicated += duplicated.length
  result.details.push(...lost, ...duplicated)
}

/** Mulberry32, so that a round can be played again. Source: T. Ettinger, public domain. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
