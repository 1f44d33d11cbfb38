import type { Generated } from 'kysely'
import type { EventState } from './inbox.port.ts'

export type InboxTables = {
  inbox: {
    shop: string
    source: string
    id: string
    position: Generated<string>
    type: string
    subject: string | null
    sequence: string | null
    stamped_at: string
    received_at: Date
    data: string | null
    state: EventState
    attempts: Generated<number>
    look_at: Date
    settled_at: Date | null
    problem_code: string | null
    problem_message: string | null
  }
  event_facts: { shop: string; key: string; facts: string }
  stock: { shop: string; sku: string; location: string; available: number; version: number; changed_at: Date }
}
