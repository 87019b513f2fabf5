-- Email and WhatsApp beside the web, and one customer on all of them. Silos of the version before go on as they were: they read and write
-- none of this, except that a commit to a conversation that was merged loses the version check.

-- Where a message came from, so that the reply finds its way back. Written before the message itself is accepted, under the id that the
-- message will have; one that was never accepted leads nowhere and goes with its customer.
create table fte.origins (
    message_id    uuid         not null primary key,
    customer_id   uuid         not null references fte.customers (id) on delete cascade,
    channel       text         not null,
    address       text         not null collate "C",  -- Whom a reply goes to.
    recipient     text         not null,               -- Which of our addresses it was sent to.
    proved        boolean      not null,               -- Whether the address was shown to be the sender's own.
    subject       text,
    internet_id   text,                                -- RFC 5322 Message-ID, without the angle brackets.
    thread        text[]       not null,               -- RFC 5322 References, oldest first.
    received_at   timestamptz  not null
);

create index origins_of_customer on fte.origins (customer_id, channel, received_at desc);
create index origins_of_mail on fte.origins (internet_id, address) where internet_id is not null;
create index origins_unproved on fte.origins (address, received_at) where not proved;

-- Files that came with a message, and the whole text of a mail whose quotes were taken off.
create table fte.attachments (
    message_id   uuid         not null,
    place        integer      not null,
    customer_id  uuid         not null references fte.customers (id) on delete cascade,
    kind         text         not null,                -- file, original or link
    name         text         not null,
    media_type   text         not null,
    size         bigint       not null,
    url          text,                                 -- Where a channel keeps it, for a link.
    content      bytea,                                -- Null for a link, and for what was too large to keep.
    noted_at     timestamptz  not null,
    primary key (message_id, place)
);

create index attachments_of_customer on fte.attachments (customer_id);

-- What was handed to a provider, and what became of it there. A provider may tell of a message before we have noted that it took it, so
-- both write by the outbox item's id, which every send bears.
create table fte.deliveries (
    item_id      uuid         not null primary key,
    customer_id  uuid         not null references fte.customers (id) on delete cascade,
    message_id   uuid         not null,
    channel      text         not null,
    address      text         not null collate "C",
    provider_id  text,
    status       text         not null,                -- queued, sent, delivered, read or failed
    error        text,
    noted_at     timestamptz  not null,
    internet_id  text         collate "C",             -- The Message-ID that a mail's carrier gave it instead of ours.
    unseen       boolean      not null default false   -- An answer on our own pages that went by mail, since nobody had seen it there.
);

create index deliveries_of_customer on fte.deliveries (customer_id, noted_at);
create unique index deliveries_at_provider on fte.deliveries (channel, provider_id) where provider_id is not null;
create index deliveries_of_mail on fte.deliveries (internet_id) where internet_id is not null;
create index deliveries_unseen on fte.deliveries (address, noted_at) where unseen;

-- How far a customer has read on our own pages.
create table fte.seen (
    customer_id  uuid         not null primary key references fte.customers (id) on delete cascade,
    sequence     bigint       not null,
    seen_at      timestamptz  not null
);

-- How far a mailbox was read: the place in its provider's history. It moves on with the messages that it stands for, so both come back together
-- from a backup.
create table fte.mailboxes (
    address   text         not null collate "C" primary key,
    place     bigint       not null,
    read_at   timestamptz  not null
);

-- Messages of customers who were erased, by their ids alone, for as long as anything may bring them again (a broker keeps its records for a week):
-- such a message must neither begin a customer anew nor be taken as new by another one.
create table fte.erased_messages (
    id         uuid         not null primary key,
    erased_at  timestamptz  not null
);

create index erased_messages_ended on fte.erased_messages (erased_at);

-- A code that was sent to an address, for its owner to show that it is theirs. The code is kept here as a hash; its text lies in the outbox, and
-- only until it was sent or given up (settle_outbox).
create table fte.proofs (
    customer_id    uuid         not null references fte.customers (id) on delete cascade,
    kind           text         not null,
    value          text         not null collate "C",
    code_hash      bytea        not null,
    expires_at     timestamptz  not null,
    attempts_left  integer      not null,
    primary key (customer_id, kind, value)
);

create index proofs_ended on fte.proofs (expires_at);

-- When codes were sent, and to whom: nobody is sent more than a few an hour. The rows of the last day alone are kept.
create table fte.codes_sent (
    customer_id  uuid         not null references fte.customers (id) on delete cascade,
    kind         text         not null,
    value        text         not null collate "C",
    sent_at      timestamptz  not null,
    message_id   uuid                                  -- The message by which it was asked for, where a channel may bring that again.
);

create index codes_sent_to on fte.codes_sent (kind, value);
create index codes_sent_of_customer on fte.codes_sent (customer_id);
create index codes_sent_at on fte.codes_sent (sent_at);
create index codes_sent_by_message on fte.codes_sent (message_id) where message_id is not null;

-- How a code ended that came in a message: a channel may bring the message again, and several at once. Kept for as long as one may.
create table fte.codes_given (
    message_id   uuid         not null primary key,
    customer_id  uuid         not null references fte.customers (id) on delete cascade,
    outcome      text         not null,
    kind         text,
    value        text         collate "C",
    goes_on      uuid         not null references fte.customers (id) on delete cascade,
    given_at     timestamptz  not null
);

create index codes_given_of_customer on fte.codes_given (customer_id);
create index codes_given_to on fte.codes_given (goes_on);
create index codes_given_at on fte.codes_given (given_at);

-- A customer who turned out to be another one as well: contact goes on with that one. It is always the last of a chain, so that one look
-- finds them, and one look finds all who are one; fte.merges knows the chain.
alter table fte.customers add column merged_into uuid references fte.customers (id) on delete set null;
create index customers_merged on fte.customers (merged_into) where merged_into is not null;

-- How often a merge was undone of those who are this customer. A token that was given for a proof bears it: after an undoing it follows nobody.
alter table fte.customers add column parted bigint not null default 0;

-- Who merged whom, on what proof; what moved with it comes back when it is undone.
create table fte.merges (
    id             uuid         not null primary key,
    from_customer  uuid         not null references fte.customers (id) on delete cascade,
    into_customer  uuid         not null references fte.customers (id) on delete cascade,
    merged_by      text         not null,
    proof          text         not null,
    merged_at      timestamptz  not null,
    undone_by      text,
    undone_at      timestamptz,
    into_sequence  bigint       not null               -- How far the conversation that goes on had come: what stands after it may be the other's.
);

create index merges_from on fte.merges (from_customer, merged_at);
create index merges_into on fte.merges (into_customer, merged_at);

create table fte.merged_identifiers (
    merge_id     uuid         not null references fte.merges (id) on delete cascade,
    kind         text         not null,
    value        text         not null collate "C",
    remarked_at  timestamptz,                         -- When the other had noted the same address unproved; it is their remark again when it is undone.
    primary key (merge_id, kind, value)
);

-- What was said in a customer's conversation while it was joined with others who were parted from it since: a row for each of those. It is shown to
-- nobody but operators, nothing is made of it, and it is erased with the first of them. A matter that began in it is theirs as well.
create table fte.hidden_parts (
    customer_id       uuid         not null references fte.customers (id) on delete cascade,
    other_id          uuid         not null references fte.customers (id) on delete cascade,
    after_sequence    bigint       not null,           -- The last place before it,
    through_sequence  bigint       not null,           -- and the last of it.
    since             timestamptz  not null,
    until             timestamptz  not null
);

create index hidden_parts_of_customer on fte.hidden_parts (customer_id);
create index hidden_parts_with on fte.hidden_parts (other_id);

alter table fte.tickets add column may_be_anothers boolean not null default false;

-- What was done with customers' data, and by whom. It holds ids only, and outlives the customer: an erasure is done again after a restore.
create table fte.audit (
    number       bigint       generated always as identity primary key,
    at           timestamptz  not null,
    actor        text         not null,
    act          text         not null,                -- exported, erased, merged, parted, proved
    customer_id  uuid         not null,
    detail       text         not null
);

create index audit_of_customer on fte.audit (customer_id);
create index audit_of_erasures on fte.audit (number) where act = 'erased';

-- As before (0007), with how long an item waits before it is sent first.
create or replace function fte.write_outbox(p_outbox jsonb, p_except uuid[], p_now timestamptz) returns void language plpgsql as $$
declare
    v_customers uuid[];
begin
    with written as (
        insert into fte.outbox (id, customer_id, destination, sequence, payload, created_at, due_at, trace)
        select item.id, item.customer_id, item.destination,
            coalesce((select max(o.sequence) from fte.outbox o where o.customer_id = item.customer_id and o.destination = item.destination), 0)
                + row_number() over (partition by item.customer_id, item.destination order by item.place),
            item.payload, item.created_at, p_now + coalesce(item.wait, 0) * interval '1 microsecond', item.trace
        from jsonb_to_recordset(p_outbox) as item (
            customer_id uuid, id uuid, destination text, payload text, created_at timestamptz, place int, trace text, wait bigint)
        where p_except is null or item.customer_id <> all (p_except)
        returning customer_id)
    select array_agg(distinct customer_id) into v_customers from written;
    perform fte.derive_deliveries(v_customers);
end $$;

-- As before (0004), and what bears a code says nothing any more once it is sent or given up. Codes alone name the address to which they go.
create or replace function fte.settle_outbox(p_item uuid, p_claimed_by text, p_cause text, p_retry_in interval) returns boolean language plpgsql as $$
declare
    v_customer constant uuid := fte.lock_conversation_of(p_item);
    v_now constant timestamptz := fte.now();   -- Once the row is held, however long that took.
begin
    update fte.outbox set
        attempts = attempts + 1, cause = p_cause, claimed_by = null, claimed_until = null,
        sent_at = case when p_cause is null then v_now end,
        due_at = coalesce(v_now + p_retry_in, due_at),
        dead_at = case when p_cause is not null and p_retry_in is null then v_now end,
        payload = case
            when p_retry_in is null and destination in ('email', 'whatsapp') and position('"address":"' in payload) > 0 then '' else payload end
    where id = p_item and claimed_by = p_claimed_by and sent_at is null and dead_at is null;
    if not found then
        return false;
    end if;
    perform fte.derive_deliveries(array[v_customer]);
    return true;
end $$;

-- A claimed item is given back untried, since its destination is left alone for now: it counts as no attempt. False when the claim was lost
-- meanwhile.
create function fte.give_back_outbox(p_item uuid, p_claimed_by text, p_retry_in interval) returns boolean language plpgsql as $$
declare
    v_customer constant uuid := fte.lock_conversation_of(p_item);
    v_now constant timestamptz := fte.now();   -- Once the row is held, however long that took.
begin
    perform set_config('synchronous_commit', 'off', true);
    update fte.outbox set due_at = v_now + p_retry_in, claimed_by = null, claimed_until = null
    where id = p_item and claimed_by = p_claimed_by and sent_at is null and dead_at is null;
    if not found then
        return false;
    end if;
    perform fte.derive_deliveries(array[v_customer]);
    return true;
end $$;

-- What was given up is found by its destination; it is little, or nothing.
create index outbox_dead on fte.outbox (destination, customer_id) where dead_at is not null;

-- What was given up for a destination is tried again as if it were new: that of so many customers at once, in order of their ids, behind the one
-- with whom the call before ended. Says how many items there were, and with whom it ended; null when nobody is left.
create function fte.bring_back_outbox(p_destination text, p_after uuid, p_limit int, out items bigint, out ended_with uuid) language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$
declare
    v_customers constant uuid[] := array(
        select distinct o.customer_id from fte.outbox o
        where o.destination = p_destination and o.dead_at is not null
            and o.customer_id > coalesce(p_after, '00000000-0000-0000-0000-000000000000')
        order by o.customer_id limit p_limit);
begin
    -- Deliveries move the conversation's next action, so its row is taken first, as everywhere. What dies of others meanwhile is left for later.
    perform 1 from fte.conversations c where c.customer_id = any (v_customers) order by c.customer_id for no key update;
    update fte.outbox o set dead_at = null, cause = null, attempts = 0, due_at = fte.now()
    where o.destination = p_destination and o.dead_at is not null and o.customer_id = any (v_customers);
    get diagnostics items = row_count;
    perform fte.derive_deliveries(v_customers);
    ended_with := v_customers[cardinality(v_customers)];
end $$;

-- What is remembered for a short time goes when that is over, a few rows at a time, and nobody waits for it. Whoever notes something clears away what
-- is old of its kind, but nobody may do so for long.
create function fte.forget_what_is_over(p_limit int) returns void language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$
declare
    c_brought constant interval := '7 days';   -- As long as anything may bring a message again.
    c_counted constant interval := '1 day';    -- As long as codes are counted.
    v_now constant timestamptz := fte.now();
begin
    delete from fte.erased_messages where ctid = any (array(
        select ctid from fte.erased_messages where erased_at <= v_now - c_brought order by erased_at limit p_limit for update skip locked));
    delete from fte.codes_given where ctid = any (array(
        select ctid from fte.codes_given where given_at <= v_now - c_brought order by given_at limit p_limit for update skip locked));
    delete from fte.codes_sent where ctid = any (array(
        select ctid from fte.codes_sent where sent_at <= v_now - c_counted order by sent_at limit p_limit for update skip locked));
    delete from fte.proofs where ctid = any (array(
        select ctid from fte.proofs where expires_at <= v_now order by expires_at limit p_limit for update skip locked));
end $$;

-- What a sweeper asks twice a second: claims what is due (0006), and has forgotten what is over.
create function fte.sweep(p_limit int, p_unseen interval, p_command_kept interval)
returns table (customer uuid, gone_worker text) language plpgsql as $$
declare
    c_forgotten constant int := 1000;
begin
    return query select due.customer, due.gone_worker from fte.claim_due(p_limit, p_unseen, p_command_kept) due;
    perform fte.forget_what_is_over(c_forgotten);
end $$;
