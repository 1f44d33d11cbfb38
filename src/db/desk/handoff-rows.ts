import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { HandoffNotice } from '#domain/answer.ts'
import { Fault } from '#domain/fault.ts'
import type { ConversationId, HandoffId } from '#domain/ids.ts'
import { isInstant } from '../instant.ts'
import type { SupportTables } from '../support/tables.ts'
import type { Handoff, HandoffPacket, Person } from './handoffs.port.ts'

export type HandoffRow = Selectable<SupportTables['handoffs']>

export const NOTICE_COLUMNS = [
  'id',
  'reason',
  'status',
  'resolution',
  'claimed_name',
  'contact',
  'expected_at',
  'ahead',
  'shop_open',
  'opens_at',
] as const

/** Times are texts where the row came as JSON. */
export type NoticeRow = Omit<Pick<HandoffRow, (typeof NOTICE_COLUMNS)[number]>, 'expected_at' | 'opens_at'> & {
  expected_at: Date | string | null
  opens_at: Date | string | null
}

/** The notice's columns of a joined hand-over in one; null without one. */
export const noticeJson = sql<NoticeRow | null>`case when handoffs.id is not null then jsonb_build_object(${sql.join(
  NOTICE_COLUMNS.flatMap((column) => [sql.lit(column), sql.ref(`handoffs.${column}`)]),
)}) end`

/** What a shopper is told of a hand-over as it is now. */
export function notice(row: NoticeRow): HandoffNotice {
  return {
    id: row.id as HandoffId,
    reason: row.reason,
    status: row.status,
    expectedReplyBy: instant(row.expected_at),
    resolution: row.resolution,
    person: row.claimed_name === null ? null : { name: row.claimed_name },
    contact: row.contact,
    wait: row.status === 'waiting' ? { ahead: row.ahead, open: row.shop_open, opensAt: instant(row.opens_at) } : null,
  }
}

export function readHandoff(row: HandoffRow): Handoff {
  return {
    id: row.id as HandoffId,
    conversation: row.conversation as ConversationId,
    reason: row.reason,
    status: row.status,
    resolution: row.resolution,
    queue: row.queue,
    dueAt: row.due_at,
    expectedAt: row.expected_at,
    wait: row.status === 'waiting' ? { ahead: row.ahead, open: row.shop_open, opensAt: row.opens_at } : null,
    contact: row.contact,
    packet: row.packet as HandoffPacket,
    claimedBy: claimer(row),
    claimedAt: row.claimed_at,
    repliedAt: row.replied_at,
    remindedAt: row.reminded_at,
    escalatedAt: row.escalated_at,
    resolvedAt: row.resolved_at,
    createdAt: row.created_at,
  }
}

/** Hand-overs of before there were operators know a name alone. */
export function claimer(row: Pick<HandoffRow, 'claimed_by' | 'claimed_name'>): Person | null {
  return row.claimed_name === null ? null : { id: row.claimed_by ?? '', name: row.claimed_name }
}

/** The order of lists: who waits for anybody, who waits for the one that has it, who has been replied to, and the closed. Then by `URGENCY`. */
export const RANK = sql<number>`case when status = 'resolved' then 3 when status = 'waiting' then 0
  when replied_at is null then 1 else 2 end`
const CLOSED = '3'
export const URGENCY = urgency(sql`status`, sql`due_at`)

export function writeCursor(row: Pick<HandoffRow, 'status' | 'replied_at' | 'due_at' | 'id'>): string {
  const claimed = row.replied_at === null ? '1' : '2'
  const rank = { waiting: '0', claimed, resolved: CLOSED }[row.status]
  return Buffer.from([rank, row.due_at.toISOString(), row.id].join(' ')).toString('base64url')
}

const CURSOR = /^([0-3]) ([1-9]\d{3}-\d\d-\d\dT[\d:.]+Z) (hnd_[\w-]+)$/

/** The place a cursor names, for a comparison with rank, urgency and id. Throws Fault user `db.cursor.invalid`. */
export function afterCursor(cursor: string) {
  const { rank, due, id } = readCursor(cursor)
  const status = sql.lit(rank === Number(CLOSED) ? 'resolved' : 'waiting')
  return sql`(${rank}::integer, ${urgency(status, sql`${due}::timestamptz`)}, ${id})`
}

function urgency(status: RawBuilder<unknown>, due: RawBuilder<unknown>) {
  return sql<number>`(case ${status} when 'resolved' then -1 else 1 end * extract(epoch from ${due}))`
}

function readCursor(cursor: string): { rank: number; due: string; id: string } {
  const [, rank, due, id] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (!rank || !due || !isInstant(due) || !id)
    throw new Fault({
      kind: 'user',
      code: 'db.cursor.invalid',
      message: 'The cursor is not one of a previous page.',
      errors: [{ path: 'cursor', message: 'unknown cursor' }],
    })
  return { rank: Number(rank), due, id }
}

function instant(time: Date | string | null): string | null {
  return time === null ? null : new Date(time).toISOString()
}
