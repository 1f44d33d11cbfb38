import { type Kysely, sql } from 'kysely'
import { isolateByShop } from '../row-security.ts'

/** Conversations, what was said in them, hand-overs, feedback, identity challenges; and the idempotency keys of all writes. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    alter table sessions add column customer_email text;
    -- A browser's preflight names its origin and nothing else: whoever names one may see that it is listed.
    create policy by_origin on public_keys for select using (current_setting('app.proof', true) = any (origins));

    create table idempotency_keys (
      shop text not null references shops (id),
      caller text not null,
      proof text not null,
      fingerprint text not null,
      status integer,
      response bytea,
      running_until timestamptz not null,
      expires_at timestamptz not null,
      primary key (shop, caller, proof)
    );
    create index idempotency_keys_by_expiry on idempotency_keys (expires_at)`.execute(database)
  await sql`
    create table conversations (
      id text primary key,
      shop text not null references shops (id),
      session text not null,
      customer_id text,
      creation_key text,
      memory jsonb not null default '{}',
      messages integer not null default 0,
      events integer not null default 0,
      answering_by text,
      answering_until timestamptz,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      erased_at timestamptz,
      unique (session, creation_key)
    );
    create index conversations_by_customer on conversations (shop, customer_id) where customer_id is not null;
    create index conversations_by_session on conversations (session)`.execute(database)
  await sql`
    create table handoffs (
      id text primary key,
      shop text not null references shops (id),
      conversation text not null references conversations (id),
      reason text not null,
      status text not null default 'waiting' check (status in ('waiting', 'claimed', 'resolved')),
      queue text not null,
      due_at timestamptz not null,
      contact text,
      packet jsonb not null,
      claimed_by text,
      claimed_at timestamptz,
      resolved_at timestamptz,
      created_at timestamptz not null
    );
    -- One person at a time: a second wish for one joins the first.
    create unique index handoffs_one_open on handoffs (conversation) where status <> 'resolved';
    create index handoffs_by_due on handoffs (shop, status, due_at)`.execute(database)
  await sql`
    create table messages (
      id text primary key,
      shop text not null references shops (id),
      conversation text not null references conversations (id),
      position integer not null,
      role text not null check (role in ('shopper', 'assistant', 'person')),
      state text not null check (state in ('pending', 'answered', 'silent', 'sent', 'erased')),
      session text,
      client_message_id text,
      reply_to text unique references messages (id),
      text text not null,
      outcome text,
      route text,
      confidence double precision,
      answer jsonb,
      stages text[] not null default '{}',
      trace jsonb,
      handoff text references handoffs (id),
      trace_id text,
      created_at timestamptz not null,
      unique (conversation, position),
      unique (conversation, client_message_id)
    );
    create index messages_pending on messages (conversation, position) where state = 'pending'`.execute(database)
  await sql`
    create table conversation_events (
      shop text not null references shops (id),
      conversation text not null references conversations (id),
      sequence integer not null,
      kind text not null check (kind in ('message', 'handoff')),
      message text references messages (id),
      handoff text references handoffs (id),
      status text,
      at timestamptz not null,
      primary key (conversation, sequence)
    );
    create table feedback (
      id text primary key,
      shop text not null references shops (id),
      message text not null unique references messages (id),
      helpful boolean not null,
      reason text,
      comment text,
      created_at timestamptz not null,
      updated_at timestamptz not null
    );
    create table identity_challenges (
      id text primary key,
      shop text not null references shops (id),
      session text not null,
      order_id text not null,
      salt text not null,
      code_hash text,
      attempts integer not null default 0,
      solved_at timestamptz,
      created_at timestamptz not null,
      expires_at timestamptz not null
    );
    create index identity_challenges_by_expiry on identity_challenges (expires_at)`.execute(database)
  for (const table of [
    'idempotency_keys',
    'conversations',
    'handoffs',
    'messages',
    'conversation_events',
    'feedback',
    'identity_challenges',
  ])
    await isolateByShop(database, table)
}
