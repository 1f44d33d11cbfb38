import type { Generated } from 'kysely'

export type FindingTables = {
  finding_passes: { shop: string; epoch: Generated<string | number>; rules: Generated<number>; looked_at: Date | null }
  content_looks: {
    shop: string
    document_id: string
    version: number
    rules: number
    source: string
    kind: string
    valid_until: Date | null
    dated_at: Date
    signatures: Buffer
    sentences: string[]
    draw: number
    attribute_types: Generated<string[]>
  }
  content_marks: {
    shop: string
    mark: string
    document_id: string
    place: number
    value: string | null
    quote: string | null
  }
  findings: { shop: string; id: string; kind: string; sources: string[]; origin: string; body: string; found_at: Date }
  finding_documents: { shop: string; finding: string; document_id: string; version: number }
  source_limits: { shop: string; source: string; max_age_days: number }
}
