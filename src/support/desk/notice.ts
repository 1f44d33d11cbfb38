import type { Handoff } from '#db/desk/handoffs.port.ts'
import type { HandoffNotice } from '#domain/answer.ts'

/** What the shopper is told of a hand-over. */
export function noticeOf({
  id,
  reason,
  status,
  resolution,
  expectedAt,
  claimedBy,
  contact,
  wait,
}: Handoff): HandoffNotice {
  return {
    ...{ id, reason, status, resolution, contact },
    expectedReplyBy: expectedAt?.toISOString() ?? null,
    person: claimedBy && { name: claimedBy.name },
    wait: wait && { ...wait, opensAt: wait.opensAt?.toISOString() ?? null },
  }
}
