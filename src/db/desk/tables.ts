/** What the desk keeps besides the hand-overs themselves, which are in `SupportTables`. */
export type DeskTables = {
  handoff_history: {
    shop: string
    handoff: string
    position: number
    change: string
    actor: string | null
    actor_name: string | null
    note: string | null
    at: Date
  }
  reply_mails: {
    id: string
    shop: string
    conversation: string
    handoff: string
    state: 'waiting' | 'sending' | 'sent' | 'not_needed' | 'refused'
    send_at: Date
    created_at: Date
    ended_at: Date | null
  }
}
