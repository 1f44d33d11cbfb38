import { fileURLToPath } from 'node:url'
import type { Answer } from '#domain/answer.ts'
import { WEIGHTS } from '#rag/gate/weights.ts'
import { bootstrapped, type Metric, proportion, quantile } from '../report/metrics.ts'
import type { CaseLine } from '../report/write-report.ts'
import type { Suite } from '../suite.ts'
import { type RunningShop, runningShop } from './running-shop.ts'
import { readUpdateCases, says, type UpdateCase } from './update-case.ts'

/** What a change is given to reach answers (the product's promise); from then on anything old counts. */
const WITHIN_MS = 1_000
/** Sentences asked for, of those that are gone and of those that are new. */
const STALE_ASKED = 3
const FRESH_ASKED = 2

type Outcome = {
  case: UpdateCase
  /** From sending the event to the first search that found the page as it is now; null when that never happened in time. */
  answerableAfterMs: number | null
  staleRetrieved: string[]
  staleServed: string[]
  /** Of the new sentences asked for, how many were found. */
  freshFound: number
  freshAsked: number
}

/**
 * Suite `freshness`: pages that change. Each is told by an event, asked about while it is old, told anew, and asked about again:
 * nothing that is gone may be found or served. Runs the whole product, with its database, queue and HTTP.
 */
export function freshnessSuite(): Suite {
  return {
    dataset: fileURLToPath(new URL('../datasets/freshness/updates.jsonl', import.meta.url)),
    documents: null,
    async run({ rows, seed }, signal) {
      const cases = readUpdateCases(rows)
      const shop = await runningShop(signal)
      try {
        const outcomes: Outcome[] = []
        for (const one of cases) outcomes.push(await change(shop, one, outcomes.length))
        const retrieved = count(outcomes, ({ staleRetrieved }) => staleRetrieved.length)
        const served = count(outcomes, ({ staleServed }) => staleServed.length)
        const late = count(outcomes, ({ answerableAfterMs }) => (answerableAfterMs === null ? 1 : 0))
        const times = outcomes.flatMap(({ answerableAfterMs }) => answerableAfterMs ?? [])
        return {
          pipelineVersion: WEIGHTS.pipelineVersion,
          metrics: {
            staleRetrieved: retrieved,
            staleServed: served,
            freshFound: proportion(
              outcomes.reduce((sum, { freshFound }) => sum + freshFound, 0),
              outcomes.reduce((sum, { freshAsked }) => sum + freshAsked, 0),
            ),
            answerableAfterMs: bootstrapped(times, (some) => quantile(some, 0.5), seed),
            answerableAfterMsP95: bootstrapped(times, (some) => quantile(some, 0.95), seed),
            tooLate: late,
          },
          gates: [none('nothing that is gone is found', retrieved), none('nothing that is gone is served', served)],
          cases: outcomes.map(line),
        }
      } finally {
        await shop.close()
      }
    },
  }
}

async function change(shop: RunningShop, one: UpdateCase, turn: number): Promise<Outcome> {
  const { before, after, stale, fresh } = one
  const event = (data: object, step: number) => ({
    ...{ specversion: '1.0', source: '/eval', type: 'policy.updated', subject: before.id, data },
    ...{ id: `${one.id} ${turn} ${step}`, sequence: 2 * turn + step },
  })
  await shop.tell(event(before, 0))
  await readySince(() => isStored(shop, before), performance.now(), 60_000)
  // Whatever keeps answers has them now.
  const old = [before.title, ...stale.slice(0, STALE_ASKED)]
  for (const question of old) await shop.ask(question)

  const probe = fresh[0] ?? stale[0] ?? after.title
  const sent = performance.now()
  await shop.tell(event(after, 1))
  const answerableAfterMs = await readySince(
    async () => (fresh[0] ? (await found(shop, probe, one)).some((text) => says(text, probe)) : isStored(shop, after)),
    sent,
    WITHIN_MS,
  )
  if (answerableAfterMs === null || !fresh[0]) await rest(sent + WITHIN_MS)
  const asked = [...old, ...fresh.slice(0, FRESH_ASKED)]
  const texts = await inTurn(asked, (question) => found(shop, question, one))
  const answers = await inTurn(asked, (question) => shop.ask(question))
  return {
    ...{ case: one, answerableAfterMs },
    staleRetrieved: stale.filter((sentence) => texts.flat().some((text) => says(text, sentence))),
    staleServed: stale.filter((sentence) => answers.some((answer) => isServed(answer, sentence, before.id))),
    freshFound: fresh
      .slice(0, FRESH_ASKED)
      .filter((sentence, at) => texts[old.length + at]?.some((text) => says(text, sentence))).length,
    freshAsked: Math.min(FRESH_ASKED, fresh.length),
  }
}

/** Texts of the page itself; other pages may well say what this one no longer does. */
async function found(shop: RunningShop, query: string, { before }: UpdateCase): Promise<string[]> {
  return (await shop.search(query)).filter(({ documentId }) => documentId === before.id).map(({ text }) => text)
}

/** Said by the answer, and not on the word of another page, which may say today what this one no longer does. */
function isServed({ text, citations }: Answer, sentence: string, id: string): boolean {
  const quoting = citations.filter(({ quote }) => says(quote, sentence))
  return quoting.some(({ documentId }) => documentId === id) || (quoting.length === 0 && says(text, sentence))
}

async function isStored(shop: RunningShop, { id, text }: UpdateCase['before']): Promise<boolean> {
  return (await shop.stored(id)) === text
}

async function readySince(isReady: () => Promise<boolean>, since: number, withinMs: number): Promise<number | null> {
  while (performance.now() - since < withinMs) if (await isReady()) return performance.now() - since
  return null
}

async function rest(until: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, until - performance.now())))
}

async function inTurn<In, Out>(list: In[], work: (one: In) => Promise<Out>): Promise<Out[]> {
  const done: Out[] = []
  for (const one of list) done.push(await work(one))
  return done
}

function count(outcomes: Outcome[], of: (outcome: Outcome) => number): Metric {
  const value = outcomes.reduce((sum, outcome) => sum + of(outcome), 0)
  return { value, low: value, high: value, n: outcomes.length }
}

const none = (name: string, { value }: Metric) => ({ name, pass: value === 0, value, bound: value, limit: 0 })

function line({ case: one, ...outcome }: Outcome): CaseLine {
  const old = [...outcome.staleRetrieved, ...outcome.staleServed]
  return {
    id: one.id,
    input: { documentId: one.before.id, stale: one.stale, fresh: one.fresh },
    output: outcome,
    verdict: old.length > 0 ? 'wrong' : 'right',
    reason: old[0] ?? '',
    trace: {},
  }
}
