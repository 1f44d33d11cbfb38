import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AffectedAnswer } from '#db/knowledge/imports.port.ts'
import type { ImportId } from '#domain/ids.ts'
import { importBench, REPLACE, UPSERT } from '../../test/fixtures/import-bench.ts'
import { knowledgeBench } from '../../test/fixtures/knowledge-bench.ts'

const { signal } = new AbortController()
const policy = (id: string, ...parts: string[]) => ({
  id,
  kind: 'policy',
  title: id,
  text: parts.map((part, at) => `## Part ${at}\n\n${part}`).join('\n\n'),
})
const file = (...rows: object[]) => rows.map((row) => JSON.stringify(row)).join('\n')

let bench: Awaited<ReturnType<typeof knowledgeBench>>
beforeAll(async () => {
  bench = await knowledgeBench()
})
afterAll(() => bench.close())

/** A shop with answers in its transcripts; `answer` stores one that cites the passages that hold these words. */
async function open() {
  const shop = await importBench(bench)
  let position = 0
  const at = (minute: number) => new Date(Date.UTC(2026, 0, 1) + minute * 60_000).toISOString()
  await bench.asOwner(
    `insert into conversations (id, shop, session, created_at, updated_at) values ('cnv_${shop.shop}', '${shop.shop}', 'ses_1', '${at(0)}', '${at(0)}')`,
  )
  const store = (values: string) =>
    bench.asOwner(
      `insert into messages (id, shop, conversation, position, role, state, text, answer, created_at) values ${values}`,
    )
  const message = (id: string, answer: object | null) => {
    position++
    const json = answer === null ? 'null' : `'${JSON.stringify(answer)}'`
    return `('msg_${id}_${shop.shop}', '${shop.shop}', 'cnv_${shop.shop}', ${position}, 'assistant', 'sent', 'x', ${json}, '${at(position)}')`
  }
  const answer = async (id: string, ...words: string[]) => {
    const { upserted } = await bench.feed.since(shop.shop, -1, null, signal)
    const citations = words.map((word) => {
      const found = upserted.find(({ text }) => text.includes(word))
      return { documentId: found?.documentId, chunkId: found?.id, title: found?.title, quote: word }
    })
    await store(message(id, { citations }))
  }
  const affected = async (id: ImportId) => {
    const all: AffectedAnswer[] = []
    for await (const one of shop.imports.affectedAnswers(shop.shop, id, signal)) all.push(one)
    return all
  }
  const run = async (rows: object[], request: typeof UPSERT) => {
    const id = await shop.upload(file(...rows), request)
    await shop.imports.run(shop.shop, id, signal)
    return { id, report: await shop.report(id) }
  }
  return { ...shop, answer, affected, run, store, message }
}

test('a dry run lists the answers that cite what would change or be retired, newest first, and changes nothing', async () => {
  const { answer, affected, run, epoch, live, store, message } = await open()
  const stays = [policy('same', 'Sameword.'), policy('d', 'Dword.'), policy('e', 'Eword.')]
  await run([policy('a', 'Aword.'), policy('b', 'Bword.', 'Other.'), policy('gone', 'Goneword.'), ...stays], REPLACE)
  await answer('1', 'Sameword')
  await answer('2', 'Goneword', 'Sameword')
  await answer('3', 'Bword')
  await answer('4', 'Aword', 'Goneword')
  // More than are looked at in one go, most without a citation.
  const more = Array.from({ length: 2_100 }, (_, at) => message(`more${at}`, at % 2 ? null : { citations: [] }))
  await store(more.join(', '))
  await answer('5', 'Goneword')
  const before = [await epoch(), await live(), await bench.asOwner('select count(*), max(id) from messages')]

  const rows = [policy('a', 'Another.'), policy('b', 'Bword.', 'Changed.'), ...stays, policy('fresh', 'Fresh.')]
  const { id, report } = await run(rows, { ...REPLACE, dryRun: true })
  expect(report).toMatchObject({ status: 'done', updated: 2, retired: 1, created: 1, unchanged: 3, answersAffected: 4 })
  const found = await affected(id)
  expect(found.map((one) => [one.messageId.split('_')[1], one.documentId, one.change, one.passageStays])).toEqual([
    ['5', 'gone', 'retired', false],
    ['4', 'a', 'updated', false],
    ['4', 'gone', 'retired', false],
    ['3', 'b', 'updated', true],
    ['2', 'gone', 'retired', false],
  ])
  expect(found[3]).toMatchObject({ title: 'b', quote: 'Bword', answeredAt: expect.stringMatching(/^2026-01-/) })
  expect([await epoch(), await live(), await bench.asOwner('select count(*), max(id) from messages')]).toEqual(before)

  const wet = await run(rows, REPLACE)
  expect([wet.report.answersAffected, await affected(wet.id)]).toEqual([null, []])
})

test('answers of another shop are not among them', async () => {
  const first = await open()
  const other = await open()
  for (const shop of [first, other]) {
    await shop.run([policy('a', 'Aword.')], UPSERT)
    await shop.answer('1', 'Aword')
  }
  const { id, report } = await first.run([policy('a', 'New.')], { ...UPSERT, dryRun: true })
  expect(report.answersAffected).toBe(1)
  expect((await first.affected(id)).map(({ conversationId }) => conversationId)).toEqual([`cnv_${first.shop}`])
  expect(await other.affected(id)).toEqual([])
})
