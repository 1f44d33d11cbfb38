import type { HandoffDetailSchema, HandoffSchema } from '../../src/api/contract/operations/handoffs.ts'
import type { Message, OrderCard } from './shapes.ts'

/** What the API sends to the desk, read from its own contract so that the two cannot drift apart. */

type With<Base, Fields> = Omit<Base, keyof Fields> & Fields

/** A person of the shop who works at the desk. A viewer sees everything and changes nothing. */
export type Operator = { id: string; name: string; role: 'viewer' | 'agent' | 'approver' | 'admin' }

/** What the person needs so that nothing is asked twice; empty once the shopper had it erased. */
export type HandoffPacket = With<(typeof HandoffSchema)['_output']['packet'], { orders?: OrderCard[] }>
export type Handoff = With<(typeof HandoffSchema)['_output'], { packet: HandoffPacket }>
export type HandoffStatus = Handoff['status']
export type HandoffReason = Handoff['reason']
export type HandoffChange = (typeof HandoffDetailSchema)['_output']['history'][number]
/** `seenAt`: when the shopper's page said that it showed this message of a person. */
export type DeskMessage = Message & { seenAt?: string | null }
export type HandoffDetail = Handoff & { messages: DeskMessage[]; history: HandoffChange[] }
export type HandoffPage = { items: Handoff[]; nextCursor: string | null }

/** What `/v1/live` tells: `ready` after every connect, then what changed; never the content, which is fetched. */
export type LiveEvent =
  | { event: 'ready' }
  | { event: 'handoff'; id: string; status: HandoffStatus }
  | { event: 'message'; handoffId: string; conversationId: string; role: string }
