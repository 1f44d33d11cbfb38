import { type Kysely, sql } from 'kysely'
import { isolateByShop } from '../row-security.ts'

/** The desk: who has a hand-over, how it ended, what is told of the wait, its timers, its history, and replies that go by e-mail. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    alter table handoffs
      add column resolution text check (resolution in ('resolved', 'returned')),
      -- Who has it, or had it when it was closed: a name for the shopper, an id for us.
      add column claimed_name text,
      add column replied_at timestamptz,
      -- What the shopper was last told of the wait.
      add column ahead integer not null default 0,
      add column shop_open boolean not null default true,
      add column opens_at timestamptz,
      add column expected_at timestamptz,
      add column renewed_at timestamptz,
      -- Timers: each fires once. look_at is the next of them, null when there is none.
      add column remind_at timestamptz,
      add column reminded_at timestamptz,
      add column escalated_at timestamptz,
      add column look_at timestamptz;
    -- An owner that is no superuser would change nothing otherwise.
    alter table handoffs no force row level security;
    update handoffs set claimed_name = claimed_by, claimed_by = null;
    update handoffs set expected_at = due_at, look_at = due_at where status <> 'resolved';
    update handoffs set resolution = 'resolved' where status = 'resolved';
    alter table handoffs force row level security;
    alter table handoffs
      add constraint handoffs_closed_with_resolution check ((status = 'resolved') = (resolution is not null));
    create index handoffs_by_queue on handoffs (shop, queue, due_at, id) where status = 'waiting';
    create index handoffs_by_look on handoffs (shop, look_at) where look_at is not null;
    alter table messages
      add column author text,
      add column desk_message_id text;
    create unique index messages_from_desk on messages (conversation, desk_message_id);
    -- Questions before the topic was closed are no longer what the assistant goes by.
    alter table conversations add column topic_from integer not null default 0`.execute(database)
  await sql`
    create table handoff_history (
      shop text not null references shops (id),
      handoff text not null references handoffs (id),
      position integer not null,
      change text not null,
      actor text,
      actor_name text,
      note text,
      at timestamptz not null,
      primary key (handoff, position)
    );
    -- One row a batch of replies; what it says and where it goes is read when it is sent.
    create table reply_mails (
      id text primary key,
      shop text not null references shops (id),
      conversation text not null references conversations (id),
      handoff text not null references handoffs (id),
      state text not null check (state in ('waiting', 'sending', 'sent', 'not_needed', 'refused')),
      send_at timestamptz not null,
      created_at timestamptz not null,
      ended_at timestamptz
    );
    create unique index reply_mails_one_waiting on reply_mails (handoff) where state = 'waiting';
    create index reply_mails_to_send on reply_mails (shop, send_at) where state in ('waiting', 'sending');
    alter table messages add column reply_mail text references reply_mails (id) on delete set null;
    create index messages_by_reply_mail on messages (reply_mail) where reply_mail is not null;
    create table conversation_readers (
      shop text not null references shops (id),
      conversation text primary key references conversations (id),
      -- The newest event that was sent to the shopper or read in the transcript.
      seen_event integer not null
    )`.execute(database)
  for (const table of ['handoff_history', 'reply_mails', 'conversation_readers']) await isolateByShop(database, table)
  // Whatever happens in a conversation that has an open hand-over, and to a hand-over itself, the desk hears of at the commit.
  await sql`
    create function knock_at_desk() returns trigger language plpgsql as $$
    begin
      -- A wait told anew is for the shopper alone: the desk has the queue itself.
      if current_setting('purser.desk_sleeps', true) = 'yes' then
        return null;
      end if;
      if new.kind = 'handoff' then
        perform pg_notify('desk', json_build_object('shop', new.shop, 'handoff', new.handoff,
          'conversation', new.conversation, 'status', new.status)::text);
      else
        perform pg_notify('desk', json_build_object('shop', new.shop, 'handoff', handoffs.id,
          'conversation', new.conversation, 'role', messages.role)::text)
        from handoffs, messages
        where handoffs.conversation = new.conversation and handoffs.status <> 'resolved' and messages.id = new.message;
      end if;
      return null;
    end $$`.execute(database)
  await sql`
    create trigger conversation_events_knock after insert on conversation_events
      for each row execute function knock_at_desk()`.execute(database)
}
