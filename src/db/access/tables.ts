import type { ColumnType, Generated } from 'kysely'
import type { Role } from '#domain/roles.ts'

export type Json<Value> = ColumnType<Value, string, string>

/** The same for a column with a default. */
export type JsonWithDefault<Value> = ColumnType<Value, string | undefined, string>

export type AccessTables = {
  shops: {
    id: string
    name: string
    default_locale: Generated<string>
    currency: Generated<string>
    settings: JsonWithDefault<object>
    revision: Generated<number>
    created_at: Generated<Date>
  }
  api_keys: {
    id: string
    shop: string
    scope: 'ingest' | 'events' | 'read' | 'admin'
    name: string
    proof: string
    created_at: Date
    revoked_at: Date | null
  }
  public_keys: { shop: string; proof: string; origins: string[]; identity_secret: string }
  sessions: {
    id: string
    shop: string
    proof: string
    customer_id: string | null
    customer_name: string | null
    customer_email: string | null
    locale: string | null
    region: string | null
    channel: string | null
    unlocked_orders: Generated<string[]>
    consent_version: string | null
    consent_at: Date | null
    created_at: Date
    expires_at: Date
  }
  operators: {
    id: string
    shop: string
    name: string
    role: Role
    owner: boolean
    created_at: Date
    last_sign_in_at: Date | null
  }
  operator_codes: { proof: string; shop: string; operator: string; expires_at: Date }
  operator_sessions: {
    id: string
    shop: string
    operator: string
    proof: string
    created_at: Date
    expires_at: Date
    ends_at: Date
  }
  idempotency_keys: {
    shop: string
    caller: string
    proof: string
    fingerprint: string
    status: number | null
    response: Buffer | null
    running_until: Date
    expires_at: Date
  }
}
