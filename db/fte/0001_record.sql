-- The record in Postgres, in a schema of its own. It holds what db/sqlite holds, in Postgres' own types.
--
-- Times are timestamptz on the database's clock, which every silo shares: fte.now() below. Ids are uuid, a ticket's id is its ULID
-- as text, and enumerations are snake_case text. Text that is put in order is compared byte by byte (collate "C"), so that the order
-- is the same in every database.
--
-- This file is never changed once released: its checksum is kept with the record, and a difference stops the migration.

-- The record's own clock. Everything that compares a time with "now" asks here and nowhere else.
create function fte.now() returns timestamptz language sql volatile as $$ select clock_timestamp() $$;

create table fte.customers (
    id            uuid         not null primary key,
    name          text         not null,
    name_folded   text         not null,          -- Lower case as the silo writes it, whatever the database's locale.
    created_at    timestamptz  not null,
    -- The minute in which they were last seen, for lists. The instant itself is the later of created_at and the conversation's
    -- customer_wrote_at: written here, it would be a second row and an index entry for every message.
    seen_minute   timestamptz  not null
);

create index customers_seen on fte.customers (seen_minute desc);

create table fte.identifiers (
    customer_id   uuid         not null references fte.customers (id) on delete cascade,
    kind          text         not null,
    value         text         not null collate "C",
    value_folded  text         not null,
    proved        boolean      not null,
    noted_at      timestamptz  not null,
    primary key (customer_id, kind, value)
);

-- A proved identifier belongs to one customer; an unproved one is a remark that any number may carry.
create unique index identifiers_proved on fte.identifiers (kind, value) where proved;

-- One row for each customer, written by every commit: the hottest of the record. What a usual message changes is in no index, and a page
-- keeps room for new versions of its rows, so that most commits touch one page and no index (a "heap-only" update).
create table fte.conversations (
    customer_id        uuid    not null primary key references fte.customers (id) on delete cascade,
    version            bigint  not null check (version >= 0),   -- 0 only within the transaction of the first commit.
    epoch              bigint  not null,
    last_sequence      bigint  not null,
    decided_through    bigint  not null default 0,  -- The last message that an exchange settled or an operator took over.
    last_message_at    timestamptz,
    customer_wrote_at  timestamptz,
    last_sentiment     double precision,

    exchange_id              uuid,
    exchange_opened_at       timestamptz,
    exchange_first_sequence  bigint,
    exchange_last_sequence   bigint,
    exchange_restarts        integer,
    exchange_draft_at        timestamptz,
    exchange_due_at          timestamptz,
    exchange_attempts        integer,
    worked_by                text,                -- The incarnation of the silo that drafts the exchange.

    handoff_operator_id    uuid,
    handoff_operator_name  text,
    handoff_since          timestamptz,
    handoff_reply_due      timestamptz,           -- When the customer who wrote to the holder should have an answer.

    escalation_id      uuid,
    cool_down_at       timestamptz,

    -- The open duties, on the record's own clock, and the earliest of them. next_action_at is derived in every
    -- transaction that moves one of them; the constraint makes a forgotten duty impossible to store.
    sla_due_at         timestamptz,
    quiet_close_at     timestamptz,
    delivery_due_at    timestamptz,
    next_action_at     timestamptz,

    -- When a sweeper looks at it: by next_action_at at the latest. It may be too early, and then the sweeper puts it right: so a duty
    -- that moves away with every message of a conversation moves no index entry.
    wake_at            timestamptz,

    -- How often sweepers asked for the duty that is open now, and when they may ask again.
    pokes              integer      not null default 0,
    poke_after         timestamptz  not null default 'epoch',

    -- For the list of all conversations, latest first: within a minute they are put in order as they are read.
    latest_minute      timestamptz  generated always as (date_bin('1 minute', last_message_at, timestamptz '2000-01-01 00:00:00+00')) stored,

    constraint exchange_is_whole check (
        (exchange_id is null) = (exchange_due_at is null) and (exchange_id is null) = (worked_by is null)),
    constraint no_duty_is_forgotten check (
        (next_action_at is null)
        = (exchange_due_at is null and delivery_due_at is null and sla_due_at is null and quiet_close_at is null)),
    constraint no_duty_oversleeps check (next_action_at is null or (wake_at is not null and wake_at <= next_action_at))
) with (fillfactor = 40);

create index conversations_wake on fte.conversations (wake_at) where wake_at is not null;
create index conversations_worked on fte.conversations (worked_by) where worked_by is not null;
create index conversations_latest on fte.conversations (latest_minute desc);
create index conversations_with_person on fte.conversations (customer_id) where escalation_id is not null or handoff_since is not null;

-- What hangs on a conversation refers to its customer, which is the same id: a key of fte.conversations that others refer to would be
-- looked at by every commit.
create table fte.tickets (
    number                    bigint       generated always as identity primary key,  -- In order of opening within a conversation.
    id                        text         not null unique,
    customer_id               uuid         not null references fte.customers (id) on delete cascade,
    subject                   text         not null,
    status                    text         not null,
    category                  text         not null,
    priority                  text         not null,
    channel                   text         not null,
    opened_at                 timestamptz  not null,
    first_response_due        timestamptz,
    first_response_at         timestamptz,
    escalated_at              timestamptz,
    resolution_by             text,
    resolution_operator_id    uuid,
    resolution_operator_name  text,
    resolution_at             timestamptz,
    resolution_notes          text,
    resolution_verified_by    text,
    resolution_verified_at    timestamptz,
    closed_at                 timestamptz
);

create index tickets_of_customer on fte.tickets (customer_id, number);
create index tickets_opened on fte.tickets (opened_at);
create index tickets_answered on fte.tickets (first_response_at) where first_response_at is not null;
create index tickets_closed on fte.tickets (closed_at) where closed_at is not null;

create table fte.escalations (
    number                 bigint       generated always as identity primary key,
    id                     uuid         not null unique,
    customer_id            uuid         not null references fte.customers (id) on delete cascade,
    ticket_id              text         not null references fte.tickets (id),
    reason                 text         not null,
    rule                   text         not null,
    urgency                text         not null,
    route                  text         not null,
    summary                text         not null,
    raised_by              text         not null,
    raised_operator_id     uuid,
    raised_operator_name   text,
    raised_at              timestamptz  not null,
    ack_due                timestamptz,
    reminders              integer      not null,
    acknowledged_by_id     uuid,
    acknowledged_by_name   text,
    acknowledged_at        timestamptz,
    ended_at               timestamptz
);

create index escalations_of_customer on fte.escalations (customer_id, number);
create index escalations_raised on fte.escalations (raised_at);
create index escalations_of_ticket on fte.escalations (ticket_id);

-- Checked when the transaction ends: the escalation is written after the conversation that names it.
alter table fte.conversations add constraint conversations_escalation
    foreign key (escalation_id) references fte.escalations (id) deferrable initially deferred;

-- Written only by fte.commit_conversations, which writes none without its conversation's row, and never changed. So no foreign key asks
-- about each of them again: customer and ticket were committed before or with them, and a trigger below removes them with their customer.
create table fte.messages (
    customer_id         uuid         not null,
    sequence            bigint       not null,
    id                  uuid         not null,
    author              text         not null,
    operator_id         uuid,
    operator_name       text,
    kind                text         not null,
    text                text         not null,
    at                  timestamptz  not null,
    channel             text         not null,
    ticket_id           text,
    citations           text,                     -- JSON; null when there are none.
    footer              text,
    sentiment           double precision,
    notice              text,
    channel_message_id  text,
    rule                text,
    model               text,
    exchange_id         uuid,
    primary key (customer_id, sequence)
);

-- What a redelivered message is recognised by.
create unique index messages_delivered on fte.messages (channel_message_id, channel) where channel_message_id is not null;
-- For reports over a time: messages lie in the table about as they came, so the pages of a time are found without an entry for each.
create index messages_at on fte.messages using brin (at) with (pages_per_range = 32, autosummarize = on);

create table fte.outbox (
    number         bigint       generated always as identity primary key,
    id             uuid         not null unique,
    customer_id    uuid         not null references fte.customers (id) on delete cascade,
    destination    text         not null collate "C",
    sequence       bigint       not null,
    payload        text         not null,
    created_at     timestamptz  not null,
    attempts       integer      not null default 0,
    due_at         timestamptz  not null,
    claimed_by     text,
    claimed_until  timestamptz,
    sent_at        timestamptz,
    dead_at        timestamptz,
    cause          text,
    unique (customer_id, destination, sequence)
);

create index outbox_unsent on fte.outbox (customer_id, destination, sequence) where sent_at is null and dead_at is null;

-- What was done already: an act repeated is found here. A message that came in is remembered by its own row instead, for ever.
create table fte.commands (
    customer_id  uuid         not null,
    command_id   uuid         not null,
    at           timestamptz  not null,
    primary key (customer_id, command_id)
);

create index commands_at on fte.commands (at);

-- What no foreign key removes goes with its conversation.
create function fte.forget_conversation() returns trigger language plpgsql as $$
begin
    delete from fte.messages where customer_id = old.customer_id;
    delete from fte.commands where customer_id = old.customer_id;
    return null;
end $$;

create trigger conversation_is_forgotten after delete on fte.conversations
    for each row execute function fte.forget_conversation();

create table fte.silos (
    incarnation  text         not null primary key,
    seen_at      timestamptz  not null,
    returned_at  timestamptz                      -- When it was last seen again after it had been taken for gone.
);

create table fte.operators (
    id          uuid         not null primary key,
    name        text         not null collate "C",
    key_hash    bytea        not null,
    added_at    timestamptz  not null,
    revoked_at  timestamptz
);

create unique index operators_name on fte.operators (name) where revoked_at is null;
-- For ever: a key that was revoked never opens anything again.
create unique index operators_key on fte.operators (key_hash);

create table fte.operator_sessions (
    session_hash  bytea        not null primary key,
    operator_id   uuid         not null references fte.operators (id) on delete cascade,
    expires_at    timestamptz  not null
);

create index operator_sessions_of_operator on fte.operator_sessions (operator_id);

create table fte.secrets (
    name        text         not null primary key,
    value       bytea        not null,
    created_at  timestamptz  not null
);

-- One row that the readiness probe writes: the only proof that something can be stored is to store it.
create table fte.health (
    id          integer      primary key check (id = 1),
    checked_at  timestamptz  not null
);
