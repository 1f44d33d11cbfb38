import type { Generated } from 'kysely'

/** `bigint` columns come as text from the driver; epochs stay far below 2^53. */
export type KnowledgeTables = {
  knowledge_epochs: { shop: string; epoch: string | number }
  knowledge_marks: { shop: string; mark: Generated<string>; epoch: string | number; place: Generated<string> }
  documents: {
    shop: string
    id: string
    source: string
    kind: string
    sku: string | null
    version: number
    content_hash: string
    retired_at: Date | null
  }
  document_versions: {
    shop: string
    document_id: string
    version: number
    content_hash: string
    title: string
    body: string
    stored_at: Date
  }
  chunks: {
    shop: string
    id: string
    document_id: string
    document_version: number
    content_hash: string
    current: boolean
    changed_epoch: string | number
    updated_at: string
    body: string
  }
  vectors: { shop: string; model: string; content_hash: string; scale: number; components: Buffer }
  imports: {
    shop: string
    id: string
    source: string
    mode: 'upsert' | 'replace'
    dry_run: boolean
    allow_retire: boolean
    status: 'receiving' | 'running' | 'done' | 'failed' | 'cancelled'
    cursor: Generated<number>
    total: number | null
    read: Generated<number>
    unchanged: Generated<number>
    created: Generated<number>
    updated: Generated<number>
    retired: Generated<number>
    rejected: Generated<number>
    duplicates: Generated<number>
    incomplete: Generated<boolean>
    rows_per_second: number | null
    answers_affected: number | null
    media_type: string | null
    head: Buffer | null
    tail: Buffer | null
    problem_code: string | null
    problem_message: string | null
    started_at: Date
    touched_at: Date
    finished_at: Date | null
  }
  import_rows: {
    shop: string
    import_id: string
    line: number
    document_id: string
    superseded_by: number | null
    body: string
    raw: Buffer | null
  }
  import_rejects: { shop: string; import_id: string; line: number; raw: Buffer }
  import_changes: {
    shop: string
    import_id: string
    document_id: string
    change: 'updated' | 'retired'
    passages: string[]
  }
  import_errors: {
    shop: string
    import_id: string
    line: number
    part: number
    document_id: string | null
    code: string
    message: string
    field: string | null
    value: string | null
    source_column: string | null
    hint: string | null
  }
  outbox: { shop: string; id: string; name: string; payload: string; created_at: Date }
  first_steps: { shop: string; step: string; at: Date }
  leases: { shop: string; name: string; holder: string; until: Date }
}
