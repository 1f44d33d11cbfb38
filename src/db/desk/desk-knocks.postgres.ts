import { z } from 'zod'
import { tryReadJson } from '#domain/foreign-json.ts'
import { type ConversationId, type HandoffId, shopId } from '#domain/ids.ts'
import type { Notifications } from '../notifications.port.ts'
import type { DeskKnock, DeskKnocks } from './desk-knocks.port.ts'

const Payload = z.object({
  shop: z.string(),
  handoff: z.string(),
  conversation: z.string(),
  status: z.enum(['waiting', 'claimed', 'resolved']).optional(),
  role: z.string().optional(),
})

/** The desk's knocks over PostgreSQL's notifications; what they say is written by the trigger of migration 0008. */
export function postgresDeskKnocks(notifications: Pick<Notifications, 'listen'>): DeskKnocks {
  return {
    listen: (shop, onKnock) =>
      notifications.listen('desk', (payload) => {
        if (payload === null) return onKnock(null)
        const knock = read(payload)
        if (knock && (shop === null || knock.shop === shop)) onKnock(knock)
      }),
  }
}

/** Null for what no release of ours writes: a throw here would end the process, and anybody on the database may knock. */
function read(payload: string): DeskKnock | null {
  const { success, data } = Payload.safeParse(tryReadJson(payload))
  if (!success) return null
  const { status, role } = data
  const about = {
    shop: shopId(data.shop),
    handoff: data.handoff as HandoffId,
    conversation: data.conversation as ConversationId,
  }
  if (status !== undefined) return { ...about, kind: 'handoff', status }
  return role === undefined ? null : { ...about, kind: 'message', role }
}
