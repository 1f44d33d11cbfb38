import { sql } from 'kysely'
import type { Answer, CitationState } from '#domain/answer.ts'
import { readJson } from '#domain/foreign-json.ts'
import type { ChunkId } from '#domain/ids.ts'
import type { DatabaseTransaction } from '../database.ts'

type CitedRow = { id: ChunkId; current: boolean; retired: boolean; live: string | null }

/**
 * The answers (or whatever cites) with each citation's state as of `at`; what is stored stays as it was. One query, however many they cite.
 * The shop is the transaction's.
 */
export async function citedAsOf<Cited extends Pick<Answer, 'citations'>>(
  transaction: DatabaseTransaction,
  answers: Cited[],
  at: Date,
): Promise<Cited[]> {
  const ids = [...new Set(answers.flatMap(({ citations }) => citations.map(({ chunkId }) => chunkId)))]
  if (ids.length === 0) return answers
  const states = await statesOf(transaction, ids, at)
  return answers.map((answer) => ({
    ...answer,
    citations: answer.citations.map((citation) => ({ ...citation, state: states.get(citation.chunkId) ?? 'gone' })),
  }))
}

/** A passage nobody knows is missing here. */
async function statesOf(
  transaction: DatabaseTransaction,
  ids: ChunkId[],
  at: Date,
): Promise<Map<ChunkId, CitationState>> {
  // `live`: any passage of the document as it is now says from when to when the document holds.
  const { rows } = await sql<CitedRow>`
    select cited.id, cited.current, documents.retired_at is not null as retired, live.body as live
    from chunks cited
    join documents on documents.shop = cited.shop and documents.id = cited.document_id
    left join lateral (select body from chunks now
      where now.shop = cited.shop and now.document_id = cited.document_id and now.current limit 1) as live on true
    where cited.shop = current_setting('app.shop') and cited.id = any(${ids})`.execute(transaction)
  return new Map(rows.map((row) => [row.id, stateOf(row, at)]))
}

function stateOf({ current, retired, live }: CitedRow, at: Date): CitationState {
  if (retired || live === null) return 'gone'
  const { validFrom, validUntil } = readJson(live) as { validFrom?: string; validUntil?: string }
  if (validFrom !== undefined && Date.parse(validFrom) > at.getTime()) return 'gone'
  if (validUntil !== undefined && Date.parse(validUntil) <= at.getTime()) return 'gone'
  return current ? 'current' : 'changed'
}
