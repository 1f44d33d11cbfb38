import type { Generated } from 'kysely'

export type SourceTables = {
  synced_sources: {
    shop: string
    id: string
    name: string
    url: string
    mode: 'upsert' | 'replace'
    format: string | null
    mapping: string | null
    currency: string | null
    site: string | null
    every_minutes: number
    look_at: Date
    seen: string | null
    in_step_at: Date | null
    allow_retire: Generated<boolean>
    failures: Generated<number>
    last_at: Date | null
    last_outcome: 'imported' | 'unchanged' | 'failed' | null
    last_import: string | null
    problem_code: string | null
    problem_message: string | null
  }
}
