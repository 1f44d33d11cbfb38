import { rankWith, type StoredCase, searchWords } from '../cases/case-rows.ts'
import type { CaseChange } from './locked-case.port.ts'

/** Columns of what changes in a case; members left out stay as they are. Its rank follows the money. */
export function caseColumns(row: StoredCase, change: CaseChange, now: Date): Partial<StoredCase> {
  const {
    status,
    reason,
    lookAgainAt,
    summary,
    cause,
    confidence,
    atStake,
    round,
    customerId,
    remindedAt,
    escalatedAt,
  } = change
  return {
    changed_at: now,
    ...(status === undefined ? {} : { status }),
    ...(reason === undefined ? {} : { reason }),
    ...(lookAgainAt === undefined ? {} : { look_again_at: lookAgainAt }),
    ...(summary === undefined ? {} : { summary }),
    ...(cause === undefined ? {} : { cause }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(atStake === undefined
      ? {}
      : {
          at_stake: atStake ? String(atStake.amount) : null,
          currency: atStake?.currency ?? null,
          rank: rankWith(row, atStake),
        }),
    ...(round === undefined ? {} : { round }),
    ...(customerId === undefined ? {} : { customer_id: customerId }),
    ...(remindedAt === undefined ? {} : { reminded_at: remindedAt }),
    ...(escalatedAt === undefined ? {} : { escalated_at: escalatedAt }),
    ...(change.lapsedAt === undefined ? {} : { lapsed_at: change.lapsedAt }),
    ...(change.keywords === undefined ? {} : { words: searchWords([...row.words, ...change.keywords]) }),
  }
}
