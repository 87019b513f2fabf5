-- The record in one SQLite file.
--
-- Times are INTEGER microseconds since 1970-01-01 UTC: they compare, add and index as numbers, and a microsecond is
-- what Postgres' timestamptz keeps too, so that both records give back the same time.
--   (read one: select datetime(opened_at / 1000000, 'unixepoch') from tickets)
-- Ids are 16-byte BLOBs, big-endian, so that version 7 UUIDs sort by time (read one: select hex(id) from customers);
-- a ticket's id is its ULID as text.
-- Enumerations are snake_case text. Tables are STRICT: a value of the wrong type is refused, not bent.
--
-- This file is never changed once released: its checksum is kept with the record, and a difference stops the start.

create table customers (
    id            blob    not null primary key,
    name          text    not null,
    name_folded   text    not null,               -- Lower case of every alphabet; LIKE knows only ASCII's.
    created_at    integer not null,
    last_seen_at  integer not null
) strict;

create index customers_last_seen on customers (last_seen_at desc, id desc);

create table identifiers (
    customer_id   blob    not null references customers (id) on delete cascade,
    kind          text    not null,
    value         text    not null,
    value_folded  text    not null,
    proved        integer not null check (proved in (0, 1)),
    noted_at      integer not null,
    primary key (customer_id, kind, value)
) strict;

-- A proved identifier belongs to one customer; an unproved one is a remark that any number may carry.
create unique index identifiers_proved on identifiers (kind, value) where proved = 1;

create table conversations (
    customer_id        blob    not null primary key references customers (id) on delete cascade,
    version            integer not null check (version > 0),
    epoch              integer not null,
    last_sequence      integer not null,

    exchange_id              blob,
    exchange_opened_at       integer,
    exchange_first_sequence  integer,
    exchange_last_sequence   integer,
    exchange_restarts        integer,
    exchange_draft_at        integer,
    exchange_due_at          integer,
    exchange_attempts        integer,
    worked_by                text,                -- The incarnation of the silo that drafts the exchange.

    handoff_operator_id    blob,
    handoff_operator_name  text,
    handoff_since          integer,
    handoff_reply_due      integer,                 -- When the customer who wrote to the holder should have an answer.

    -- Checked when the transaction ends: the escalation is written after the conversation that names it.
    escalation_id      blob    references escalations (id) deferrable initially deferred,

    decided_through    integer not null default 0,  -- The last message that an exchange settled or an operator took over.
    cool_down_at       integer,
    last_sentiment     real,
    last_message_at    integer,

    -- The open duties, on the record's own clock, and the earliest of them. next_action_at is derived in every
    -- transaction that moves one of them; the constraint makes a forgotten duty impossible to store.
    sla_due_at         integer,
    quiet_close_at     integer,
    delivery_due_at    integer,
    next_action_at     integer,

    -- How often sweepers asked for the duty that is open now, and when they may ask again.
    pokes              integer not null default 0,
    poke_after         integer not null default 0,

    constraint exchange_is_whole check (
        (exchange_id is null) = (exchange_due_at is null) and (exchange_id is null) = (worked_by is null)),
    constraint no_duty_is_forgotten check (
        (next_action_at is null)
        = (exchange_due_at is null and delivery_due_at is null and sla_due_at is null and quiet_close_at is null))
) strict;

create index conversations_next_action on conversations (next_action_at) where next_action_at is not null;
create index conversations_worked on conversations (worked_by) where exchange_id is not null;
create index conversations_latest on conversations (last_message_at desc, customer_id desc);
create index conversations_with_person on conversations (customer_id) where escalation_id is not null or handoff_since is not null;

create table tickets (
    number                    integer primary key,  -- In order of opening within a conversation.
    id                        text    not null unique,
    customer_id               blob    not null references conversations (customer_id) on delete cascade,
    subject                   text    not null,
    status                    text    not null,
    category                  text    not null,
    priority                  text    not null,
    channel                   text    not null,
    opened_at                 integer not null,
    first_response_due        integer,
    first_response_at         integer,
    escalated_at              integer,
    resolution_by             text,
    resolution_operator_id    blob,
    resolution_operator_name  text,
    resolution_at             integer,
    resolution_notes          text,
    resolution_verified_by    text,
    resolution_verified_at    integer,
    closed_at                 integer
) strict;

create index tickets_of_customer on tickets (customer_id, number);
create index tickets_opened on tickets (opened_at);
create index tickets_answered on tickets (first_response_at) where first_response_at is not null;
create index tickets_closed on tickets (closed_at) where closed_at is not null;

create table escalations (
    number                 integer primary key,
    id                     blob    not null unique,
    customer_id            blob    not null references conversations (customer_id) on delete cascade,
    ticket_id              text    not null references tickets (id),
    reason                 text    not null,
    rule                   text    not null,
    urgency                text    not null,
    route                  text    not null,
    summary                text    not null,
    raised_by              text    not null,
    raised_operator_id     blob,
    raised_operator_name   text,
    raised_at              integer not null,
    ack_due                integer,
    reminders              integer not null,
    acknowledged_by_id     blob,
    acknowledged_by_name   text,
    acknowledged_at        integer,
    ended_at               integer
) strict;

create index escalations_of_customer on escalations (customer_id, number);
create index escalations_raised on escalations (raised_at);
create index escalations_of_ticket on escalations (ticket_id);

create table messages (
    number              integer primary key,
    customer_id         blob    not null references conversations (customer_id) on delete cascade,
    sequence            integer not null,
    id                  blob    not null,
    author              text    not null,
    operator_id         blob,
    operator_name       text,
    kind                text    not null,
    text                text    not null,
    at                  integer not null,
    channel             text    not null,
    ticket_id           text    references tickets (id),
    citations           text,                       -- JSON; null when there are none.
    footer              text,
    sentiment           real,
    notice              text,
    channel_message_id  text,
    rule                text,
    model               text,
    exchange_id         blob,
    unique (customer_id, sequence)
) strict;

-- What a redelivered message is recognised by.
create unique index messages_delivered on messages (channel, channel_message_id) where channel_message_id is not null;
create index messages_of_customers on messages (at, channel, sentiment) where author = 'customer';

create table outbox (
    number         integer primary key,
    id             blob    not null unique,
    customer_id    blob    not null references conversations (customer_id) on delete cascade,
    destination    text    not null,
    sequence       integer not null,
    payload        text    not null,
    created_at     integer not null,
    attempts       integer not null default 0,
    due_at         integer not null,
    claimed_by     text,
    claimed_until  integer,
    sent_at        integer,
    dead_at        integer,
    cause          text,
    unique (customer_id, destination, sequence)
) strict;

create index outbox_unsent on outbox (customer_id, destination, sequence) where sent_at is null and dead_at is null;

-- What was done already: an act repeated is found here. In order of number, so that the oldest are found without an index on time.
create table commands (
    number       integer primary key,
    customer_id  blob    not null references conversations (customer_id) on delete cascade,
    command_id   blob    not null,
    at           integer not null,
    unique (customer_id, command_id)
) strict;

create table silos (
    incarnation  text    not null primary key,
    seen_at      integer not null
) strict;

create table operators (
    id          blob    not null primary key,
    name        text    not null,
    key_hash    blob    not null,
    added_at    integer not null,
    revoked_at  integer
) strict;

create unique index operators_name on operators (name) where revoked_at is null;
-- For ever: a key that was revoked never opens anything again.
create unique index operators_key on operators (key_hash);

create table operator_sessions (
    session_hash  blob    not null primary key,
    operator_id   blob    not null references operators (id) on delete cascade,
    expires_at    integer not null
) strict;

create index operator_sessions_of_operator on operator_sessions (operator_id);

create table secrets (
    name        text    not null primary key,
    value       blob    not null,
    created_at  integer not null
) strict;

-- A version is written row by row without a number, which no reader looks at; giving it one makes it the current one.
create table knowledge_versions (
    id            integer primary key,
    number        integer unique,
    started_at    integer not null,
    published_at  integer
) strict;

create table knowledge_documents (
    version_id  integer not null references knowledge_versions (id),
    id          text    not null,
    title       text    not null,
    text        text    not null,
    changed_at  integer not null,
    category    text,
    url         text,
    primary key (version_id, id)
) strict;

create table knowledge_chunks (
    version_id   integer not null,
    id           text    not null,
    document_id  text    not null,
    place        integer not null,
    heading      text    not null,
    text         text    not null,
    vector       blob,                              -- 32-bit floats, little-endian.
    embedder     text,                              -- Who made the vector; vectors of two embedders are never compared.
    primary key (version_id, id),
    foreign key (version_id, document_id) references knowledge_documents (version_id, id)
) strict;

create index knowledge_chunks_in_order on knowledge_chunks (version_id, document_id, place);

-- One row that the readiness probe writes: the only proof that something can be stored is to store it.
create table health (
    id          integer primary key check (id = 1),
    checked_at  integer not null
) strict;
