-- Email and WhatsApp beside the web, and one customer on all of them. db/fte/0008_channels.sql says what each table is for.
--
-- This file is never changed once released: its checksum is kept with the record, and a difference stops the start.

create table origins (
    message_id    blob    not null primary key,
    customer_id   blob    not null references customers (id) on delete cascade,
    channel       text    not null,
    address       text    not null,
    recipient     text    not null,
    proved        integer not null check (proved in (0, 1)),
    subject       text,
    internet_id   text,
    thread        text    not null,               -- JSON, oldest first.
    received_at   integer not null
) strict;

create index origins_of_customer on origins (customer_id, channel, received_at desc);
create index origins_of_mail on origins (internet_id, address) where internet_id is not null;
create index origins_unproved on origins (address, received_at) where proved = 0;

create table erased_messages (
    id         blob    not null primary key,
    erased_at  integer not null
) strict;

create index erased_messages_ended on erased_messages (erased_at);

create table attachments (
    message_id   blob    not null,
    place        integer not null,
    customer_id  blob    not null references customers (id) on delete cascade,
    kind         text    not null,
    name         text    not null,
    media_type   text    not null,
    size         integer not null,
    url          text,
    content      blob,
    noted_at     integer not null,
    primary key (message_id, place)
) strict;

create index attachments_of_customer on attachments (customer_id);

create table deliveries (
    item_id      blob    not null primary key,
    customer_id  blob    not null references customers (id) on delete cascade,
    message_id   blob    not null,
    channel      text    not null,
    address      text    not null,
    provider_id  text,
    status       text    not null,
    error        text,
    noted_at     integer not null,
    internet_id  text,
    unseen       integer not null default 0 check (unseen in (0, 1))
) strict;

create index deliveries_of_customer on deliveries (customer_id, noted_at);
create unique index deliveries_at_provider on deliveries (channel, provider_id) where provider_id is not null;
create index deliveries_of_mail on deliveries (internet_id) where internet_id is not null;
create index deliveries_unseen on deliveries (address, noted_at) where unseen = 1;

create table seen (
    customer_id  blob    not null primary key references customers (id) on delete cascade,
    sequence     integer not null,
    seen_at      integer not null
) strict;

create table mailboxes (
    address   text    not null primary key,
    place     integer not null,
    read_at   integer not null
) strict;

create table proofs (
    customer_id    blob    not null references customers (id) on delete cascade,
    kind           text    not null,
    value          text    not null,
    code_hash      blob    not null,
    expires_at     integer not null,
    attempts_left  integer not null,
    primary key (customer_id, kind, value)
) strict;

create index proofs_ended on proofs (expires_at);

create table codes_sent (
    customer_id  blob    not null references customers (id) on delete cascade,
    kind         text    not null,
    value        text    not null,
    sent_at      integer not null,
    message_id   blob
) strict;

create index codes_sent_to on codes_sent (kind, value);
create index codes_sent_of_customer on codes_sent (customer_id);
create index codes_sent_at on codes_sent (sent_at);
create index codes_sent_by_message on codes_sent (message_id) where message_id is not null;

create table codes_given (
    message_id   blob    not null primary key,
    customer_id  blob    not null references customers (id) on delete cascade,
    outcome      text    not null,
    kind         text,
    value        text,
    goes_on      blob    not null references customers (id) on delete cascade,
    given_at     integer not null
) strict;

create index codes_given_of_customer on codes_given (customer_id);
create index codes_given_to on codes_given (goes_on);
create index codes_given_at on codes_given (given_at);

alter table customers add column merged_into blob references customers (id) on delete set null;
create index customers_merged on customers (merged_into) where merged_into is not null;
alter table customers add column parted integer not null default 0;

create table merges (
    id             blob    not null primary key,
    from_customer  blob    not null references customers (id) on delete cascade,
    into_customer  blob    not null references customers (id) on delete cascade,
    merged_by      text    not null,
    proof          text    not null,
    merged_at      integer not null,
    undone_by      text,
    undone_at      integer,
    into_sequence  integer not null
) strict;

create index merges_from on merges (from_customer, merged_at);
create index merges_into on merges (into_customer, merged_at);

create table merged_identifiers (
    merge_id     blob    not null references merges (id) on delete cascade,
    kind         text    not null,
    value        text    not null,
    remarked_at  integer,
    primary key (merge_id, kind, value)
) strict;

create table hidden_parts (
    customer_id       blob    not null references customers (id) on delete cascade,
    other_id          blob    not null references customers (id) on delete cascade,
    after_sequence    integer not null,
    through_sequence  integer not null,
    since             integer not null,
    until             integer not null
) strict;

create index hidden_parts_of_customer on hidden_parts (customer_id);
create index hidden_parts_with on hidden_parts (other_id);

alter table tickets add column may_be_anothers integer not null default 0;

create table audit (
    number       integer primary key,
    at           integer not null,
    actor        text    not null,
    act          text    not null,
    customer_id  blob    not null,
    detail       text    not null
) strict;

create index audit_of_customer on audit (customer_id);
create index audit_of_erasures on audit (number) where act = 'erased';

create index outbox_dead on outbox (destination, customer_id) where dead_at is not null;
