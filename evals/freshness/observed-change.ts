import type { Answer } from '#domain/answer.ts'
import type { Outcome } from './freshness-metrics.ts'
import type { RunningShop } from './running-shop.ts'
import { says, type UpdateCase } from './update-case.ts'

/** What a change is given to reach answers (the product's promise); from then on anything old counts. */
const WITHIN_MS = 1_000
/** Before a change there is no hurry, only an end to waiting. */
const SETTLED_WITHIN_MS = 30_000
/** Some sentences are never found: all waiting for them is lost. */
const INDEXED_WITHIN_MS = 3_000
/** Sentences asked for, of those that are gone and of those that are new. */
const STALE_ASKED = 3
const FRESH_ASKED = 2

/**
 * Tells the shop a page, asks about it, tells it anew, and looks for what is gone in every search and answer. `turn` numbers the
 * changes of a run, so that events of one page come in order.
 */
export async function observedChange(shop: RunningShop, one: UpdateCase, turn: number): Promise<Outcome> {
  const { before, after, stale, fresh } = one
  const event = (data: object, step: number) => ({
    ...{ specversion: '1.0', source: '/eval', type: 'policy.updated', subject: before.id, data },
    ...{ id: `${one.id} ${turn} ${step}`, sequence: 2 * turn + step },
  })
  await shop.tell(event(before, 0))
  await readySince(() => isStored(shop, before), performance.now(), SETTLED_WITHIN_MS)
  const going = stale.slice(0, STALE_ASKED)
  const isThere = async (sentence: string) => (await found(shop, sentence, one)).some((text) => says(text, sentence))
  const [awaited] = going
  if (awaited) await readySince(() => isThere(awaited), performance.now(), INDEXED_WITHIN_MS)
  // Whatever keeps answers has them now.
  const old = [before.title, ...going]
  const then = await inTurn(old, (question) => shop.ask(question))
  const foundBefore = (await inTurn(going, isThere)).filter(Boolean).length
  const servedBefore = going.filter((sentence) => then.some((answer) => isServed(answer, sentence, before.id))).length

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
  const retrieves = (sentence: string, at: number) => (texts[at] ?? []).some((text) => says(text, sentence))
  const serves = (sentence: string, answer: Answer) => isServed(answer, sentence, before.id)
  return {
    ...{ case: one, answerableAfterMs, goingAsked: going.length, foundBefore, servedBefore },
    ...{ asked: asked.length, answered: answers.filter(({ outcome }) => outcome === 'answered').length },
    staleRetrieved: stale.filter((sentence) => asked.some((_, at) => retrieves(sentence, at))),
    staleServed: stale.filter((sentence) => answers.some((answer) => serves(sentence, answer))),
    staleSearches: asked.filter((_, at) => stale.some((sentence) => retrieves(sentence, at))).length,
    staleAnswers: answers.filter((answer) => stale.some((sentence) => serves(sentence, answer))).length,
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
