-- Who is who: codes, merges and their undoing, as functions, so that each is one transaction and one round trip, and nobody who looks at
-- the same customers at the same moment decides on what is past.
--
-- Rows are taken in one order by everybody: the turn, conversations in order of customer, customers in the same order, then what belongs
-- to them. Commits take conversations and customers in that order too, and never ask for a turn.

-- Whoever merges, parts or erases looks at several customers, and what was seen must hold until it is written: they take turns. It is
-- asked for before anything else is held.
create function fte.take_turn() returns void language sql as $$
    select pg_advisory_xact_lock(x'6674650000000002'::bigint)
$$;

-- The customer with whom contact goes on; null where there is no such customer.
create function fte.canonical(p_customer uuid) returns uuid language sql stable as $$
    select coalesce(merged_into, id) from fte.customers where id = p_customer
$$;

-- Everyone who is this customer, the one with whom contact goes on first.
create function fte.group_of(p_customer uuid) returns setof uuid language sql stable as $$
    select c.id from fte.customers c, fte.canonical(p_customer) as goes_on
    where c.id = goes_on or c.merged_into = goes_on
    order by c.id <> goes_on, c.created_at, c.id
$$;

-- Holds these customers' conversations. One that nothing was said in yet becomes a row, so that an activation that takes it for new loses
-- the version check; it begins with version 0, as for a first commit, and whoever calls this raises it.
create function fte.hold_conversations(p_customers uuid[]) returns void language plpgsql as $$
declare
    v_customer uuid;
begin
    for v_customer in select distinct customer from unnest(p_customers) as asked (customer) order by customer loop
        insert into fte.conversations (customer_id, version, epoch, last_sequence) values (v_customer, 0, 0, 0) on conflict do nothing;
        perform 1 from fte.conversations where customer_id = v_customer for no key update;
    end loop;
end $$;

-- How much of a person is in this conversation: 2 where one has it or is awaited by the customer, 1 where one is only called for what somebody else
-- may have written, or for what could not be taken (the customer knows nothing of that one), 0 where there is none.
create function fte.weight_of_person(p_customer uuid) returns int language sql stable as $$
    select coalesce((
        select case
            when c.handoff_since is not null then 2
            when c.escalation_id is null then 0
            when e.rule in ('M2.unproved', 'N6.not_taken') then 1
            else 2
        end
        from fte.conversations c left join fte.escalations e on e.id = c.escalation_id
        where c.customer_id = p_customer), 0)
$$;

create function fte.note(p_actor text, p_act text, p_customer uuid, p_detail text) returns void language sql as $$
    insert into fte.audit (at, actor, act, customer_id, detail) values (fte.now(), p_actor, p_act, p_customer, p_detail)
$$;

-- Makes two customers one. Contact goes on with the one that a person has or is awaited by, else with one that a person is called to, else with
-- p_into. Sessions stay where they are: whoever shows one again is led to the customer whom it made, and is told nothing of the other.
create function fte.merge_customers(p_merge uuid, p_from uuid, p_into uuid, p_by text, p_proof text, out outcome text, out goes_on uuid)
language plpgsql as $$
declare
    v_from uuid;
    v_into uuid;
begin
    perform fte.take_turn();
    v_from := fte.canonical(p_from);
    v_into := fte.canonical(p_into);
    if v_from is null or v_into is null then
        outcome := 'no_customer';
        return;
    end if;
    goes_on := v_into;
    if v_from = v_into then
        outcome := 'same_customer';
        return;
    end if;

    perform fte.hold_conversations(array[v_from, v_into]);
    if fte.weight_of_person(v_from) = 2 and fte.weight_of_person(v_into) = 2 then
        outcome := 'both_with_people';
        return;
    end if;
    if fte.weight_of_person(v_from) > fte.weight_of_person(v_into) then
        v_into := v_from;
        v_from := goes_on;
        goes_on := v_into;
    end if;

    perform 1 from fte.customers where id in (v_from, v_into) order by id for no key update;
    insert into fte.merges (id, from_customer, into_customer, merged_by, proof, merged_at, into_sequence)
    select p_merge, v_from, v_into, p_by, p_proof, fte.now(), c.last_sequence from fte.conversations c where c.customer_id = v_into;
    insert into fte.merged_identifiers (merge_id, kind, value, remarked_at)
    select p_merge, i.kind, i.value, remark.noted_at
    from fte.identifiers i
    left join fte.identifiers remark on remark.customer_id = v_into and remark.kind = i.kind and remark.value = i.value
    where i.customer_id = v_from and i.proved and i.kind <> 'web_session';
    delete from fte.identifiers remark using fte.merged_identifiers m
    where m.merge_id = p_merge and remark.customer_id = v_into and remark.kind = m.kind and remark.value = m.value;
    update fte.identifiers set customer_id = v_into where customer_id = v_from and proved and kind <> 'web_session';
    update fte.customers set merged_into = v_into where id = v_from or merged_into = v_from;
    update fte.conversations set version = version + 1 where customer_id in (v_from, v_into);
    perform fte.note(p_by, 'merged', v_from, 'into ' || v_into);
    outcome := 'merged';
end $$;

-- Whoever is this customer by merges that hold: themselves, and all who were merged into them, by others too.
create function fte.below(p_customer uuid) returns setof uuid language sql stable as $$
    with recursive below (id) as (
        select p_customer
        union
        select g.from_customer from below join fte.merges g on g.into_customer = below.id where g.undone_at is null)
    select id from below
$$;

-- With whom contact of this customer went on by merges that hold, one after another: themselves first.
create function fte.way_of(p_customer uuid) returns uuid[] language sql stable as $$
    with recursive way (id, step) as (
        select p_customer, 0
        union all
        select g.into_customer, way.step + 1 from way join fte.merges g on g.from_customer = way.id where g.undone_at is null)
    select array_agg(id order by step) from way
$$;

-- Notes what was said while they were joined in each of the conversations in which they went on; whose that is, nobody can tell any more.
create function fte.hide_what_was_joined(p_merge uuid, p_from uuid, p_way uuid[]) returns void language plpgsql as $$
declare
    v_part record;
begin
    for v_part in
        select joined.into_customer as customer, joined.into_sequence as since_sequence, joined.merged_at as since, c.last_sequence
        from fte.merges joined
        join fte.conversations c on c.customer_id = joined.into_customer
        where joined.undone_at is null and (joined.id = p_merge or (joined.from_customer = any (p_way) and joined.into_customer = any (p_way)))
    loop
        insert into fte.hidden_parts (customer_id, other_id, after_sequence, through_sequence, since, until)
        select v_part.customer, other, v_part.since_sequence, v_part.last_sequence, v_part.since, fte.now() from fte.below(p_from) as other;
        -- A matter is whose its first message is; one without any, who had it opened by then.
        update fte.tickets t set may_be_anothers = true
        where t.customer_id = v_part.customer
            and coalesce(
                (select min(m.sequence) > v_part.since_sequence from fte.messages m where m.customer_id = t.customer_id and m.ticket_id = t.id),
                t.opened_at >= v_part.since);
    end loop;
end $$;

-- Undoes a merge, also one below another: what moved then goes back, and those who had been merged into this customer before go with them.
-- What was proved since stays where it is. False when there is no such merge, or it was undone before.
create function fte.part_customers(p_merge uuid, p_by text) returns boolean language plpgsql as $$
declare
    v_from uuid;
    v_into uuid;
    v_owner uuid;   -- Who has by now what moved.
    v_above uuid;
    v_next uuid;
    v_later uuid;
    v_way uuid[];   -- The conversations in which they went on: that one, and each that it was merged into since.
begin
    perform fte.take_turn();
    select from_customer, into_customer into v_from, v_into from fte.merges where id = p_merge and undone_at is null;
    if not found then
        return false;
    end if;
    v_owner := fte.canonical(v_into);
    v_way := fte.way_of(v_into);
    perform fte.hold_conversations(v_from || v_way);
    perform 1 from fte.customers where id in (select fte.group_of(v_owner)) order by id for no key update;
    perform fte.hide_what_was_joined(p_merge, v_from, v_way);
    update fte.merges set undone_by = p_by, undone_at = fte.now() where id = p_merge;
    -- Whoever was given a token for a proof while these were one may be either: it follows nobody any more.
    update fte.customers set parted = parted + 1 where id in (select fte.group_of(v_owner));

    delete from fte.identifiers remark using fte.merged_identifiers m
    where m.merge_id = p_merge and remark.customer_id = v_from and not remark.proved and remark.kind = m.kind and remark.value = m.value;
    update fte.identifiers i set customer_id = v_from from fte.merged_identifiers m
    where m.merge_id = p_merge and i.customer_id = v_owner and i.proved and i.kind = m.kind and i.value = m.value;
    perform fte.remark_again(p_merge, v_into, v_from);

    -- It has moved on with each merge above this one, and goes back past them.
    v_above := v_into;
    while v_above <> v_owner loop
        select id, into_customer into strict v_later, v_next from fte.merges where from_customer = v_above and undone_at is null;
        perform fte.remark_again(v_later, v_next, v_from);
        delete from fte.merged_identifiers later using fte.merged_identifiers m
        where later.merge_id = v_later and m.merge_id = p_merge and later.kind = m.kind and later.value = m.value;
        v_above := v_next;
    end loop;

    update fte.customers c set merged_into = nullif(v_from, c.id) where c.id in (select fte.below(v_from));
    update fte.conversations set version = version + 1 where customer_id = any (v_from || v_way);
    perform fte.note(p_by, 'parted', v_from, 'from ' || v_into);
    return true;
end $$;

-- What a customer had remarked on before a merge brought the same address proved, and which has gone back, is their remark again.
create function fte.remark_again(p_merge uuid, p_customer uuid, p_gone_to uuid) returns void language sql as $$
    insert into fte.identifiers (customer_id, kind, value, value_folded, proved, noted_at)
    select p_customer, m.kind, m.value, i.value_folded, false, m.remarked_at
    from fte.merged_identifiers m
    join fte.identifiers i on i.customer_id = p_gone_to and i.kind = m.kind and i.value = m.value
    where m.merge_id = p_merge and m.remarked_at is not null
    on conflict do nothing
$$;

-- Whether a phone number has been silent for so long that its carrier may have given it to somebody else.
create function fte.is_handed_on(p_owner uuid, p_value text, p_now timestamptz) returns boolean language sql stable as $$
    select not exists (
            select 1 from fte.identifiers i
            where i.customer_id = p_owner and i.kind = 'phone' and i.value = p_value and i.noted_at > p_now - interval '45 days')
        and not exists (
            select 1 from fte.group_of(p_owner) as one join fte.origins o on o.customer_id = one
            where o.channel = 'whatsapp' and o.received_at > p_now - interval '45 days' and o.address = p_value)
$$;

-- Who owns a proved address. A number that was handed on is nobody's: who had it keeps it as a remark.
create function fte.owner_of(p_kind text, p_value text, p_now timestamptz) returns uuid language plpgsql as $$
declare
    v_owner uuid;
begin
    select i.customer_id into v_owner from fte.identifiers i where i.kind = p_kind and i.value = p_value and i.proved;
    if v_owner is null or p_kind <> 'phone' or not fte.is_handed_on(v_owner, p_value, p_now) then
        return v_owner;
    end if;
    update fte.identifiers i set proved = false where i.customer_id = v_owner and i.kind = p_kind and i.value = p_value and i.proved;
    return null;
end $$;

-- An empty name and a missing address are filled from what a customer said of themselves.
create function fte.fill_customer(p_customer uuid, p_name text, p_name_folded text, p_email text, p_email_folded text) returns void language plpgsql as $$
begin
    -- Someone known who brings nothing new is not written.
    if not exists (
        select 1 from fte.customers c where c.id = p_customer and (
            (p_name <> '' and c.name = '')
            or (p_email is not null and not exists (select 1 from fte.identifiers i where i.customer_id = p_customer and i.kind = 'email'))))
    then
        return;
    end if;

    -- Two who both bring the first address take turns here.
    perform 1 from fte.customers where id = p_customer for no key update;
    update fte.customers set name = p_name, name_folded = p_name_folded where id = p_customer and name = '' and p_name <> '';
    insert into fte.identifiers (customer_id, kind, value, value_folded, proved, noted_at)
    select p_customer, 'email', p_email, p_email_folded, false, fte.now()
    where p_email is not null and not exists (select 1 from fte.identifiers i where i.customer_id = p_customer and i.kind = 'email');
end $$;

-- Whether a message was erased with somebody within this time.
create function fte.was_erased(p_message uuid, p_kept interval) returns boolean language sql stable as $$
    select exists (select 1 from fte.erased_messages e where e.id = p_message and e.erased_at > fte.now() - p_kept)
$$;

-- As before (0005), with numbers that were handed on, and with the message on whose behalf it is asked, if any: one that was erased with somebody
-- lately, and is brought again, is nobody's, whoever owns the address that it came from.
create function fte.resolve_customer(
    p_new uuid, p_kind text, p_value text, p_value_folded text, p_name text, p_name_folded text, p_email text, p_email_folded text,
    p_brought uuid, p_erased_kept interval
) returns uuid language plpgsql as $$
declare
    v_now constant timestamptz := fte.now();
    v_owner uuid;
begin
    if p_brought is not null and fte.was_erased(p_brought, p_erased_kept) then
        return null;
    end if;
    v_owner := fte.owner_of(p_kind, p_value, v_now);
    if v_owner is null then
        insert into fte.customers (id, name, name_folded, created_at, seen_minute) values (p_new, '', '', v_now, date_bin('1 minute', v_now, 'epoch'));
        insert into fte.identifiers (customer_id, kind, value, value_folded, proved, noted_at) values (p_new, p_kind, p_value, p_value_folded, true, v_now)
        on conflict (kind, value) where proved do nothing;
        if found then
            v_owner := p_new;
        else
            -- Somebody else was faster, and has committed: that is what the conflict waited for.
            delete from fte.customers where id = p_new;
            select customer_id into strict v_owner from fte.identifiers where kind = p_kind and value = p_value and proved;
        end if;
    end if;

    perform fte.fill_customer(v_owner, p_name, p_name_folded, p_email, p_email_folded);
    return v_owner;
end $$;

-- As silos of the version before call it.
create or replace function fte.resolve_customer(
    p_new uuid, p_kind text, p_value text, p_value_folded text, p_name text, p_name_folded text, p_email text, p_email_folded text
) returns uuid language plpgsql as $$
begin
    return fte.resolve_customer(p_new, p_kind, p_value, p_value_folded, p_name, p_name_folded, p_email, p_email_folded, null, null);
end $$;

-- Whether two customers may be two people who share an address: each has proved another one of the same kind for themselves.
create function fte.may_share(p_one uuid, p_other uuid, p_kind text, p_value text) returns boolean language sql stable as $$
    select exists (
        select 1 from fte.identifiers a join fte.identifiers b on b.kind = a.kind
        where a.customer_id = p_one and b.customer_id = p_other and a.kind in ('email', 'phone') and a.proved and b.proved
            and (a.kind, a.value) <> (p_kind, p_value) and (b.kind, b.value) <> (p_kind, p_value))
$$;

-- Notes that a code is sent to an address. False where too many wait or were sent: an address that is sent codes without end is a nuisance
-- to its owner, and every further code is a further guess. Asked again by the same message it is true, and nothing is noted.
create function fte.ask_proof(
    p_customer uuid, p_kind text, p_value text, p_hash bytea, p_valid interval, p_attempts int, p_waiting int, p_hourly int, p_daily int, p_message uuid
) returns boolean language plpgsql as $$
declare
    c_tidied constant int := 100;
    v_now timestamptz;
begin
    -- Those who ask for one address, and those of one customer, take turns: else each would count without the other. What waits is taken before
    -- the customer, as by whoever gives a code.
    perform pg_advisory_xact_lock(hashtextextended(p_kind || ' ' || p_value, 6));
    perform 1 from fte.proofs w where w.customer_id = p_customer order by w.kind, w.value for update;
    perform 1 from fte.customers where id = p_customer for no key update;
    if not found then
        return false;
    end if;
    v_now := fte.now();
    if p_message is not null and exists (select 1 from fte.codes_sent s where s.message_id = p_message) then
        return true;
    end if;

    -- Whoever asks clears away what has ended, and waits for no sweeper (0008) to do so.
    delete from fte.codes_sent where ctid = any (array(
        select ctid from fte.codes_sent where sent_at <= v_now - interval '1 day' order by sent_at limit c_tidied for update skip locked));
    delete from fte.proofs where ctid = any (array(
        select ctid from fte.proofs where expires_at <= v_now limit c_tidied for update skip locked));

    if (select count(*) from fte.proofs w
            where w.customer_id = p_customer and w.expires_at > v_now and (w.kind, w.value) <> (p_kind, p_value)) >= p_waiting
        or (select count(*) from fte.codes_sent s where s.customer_id = p_customer and s.sent_at > v_now - interval '1 hour') >= p_hourly
        or (select count(*) from fte.codes_sent s where s.kind = p_kind and s.value = p_value and s.sent_at > v_now - interval '1 hour') >= p_hourly
        or (select count(*) from fte.codes_sent s where s.kind = p_kind and s.value = p_value and s.sent_at > v_now - interval '1 day') >= p_daily
    then
        return false;
    end if;
    insert into fte.codes_sent (customer_id, kind, value, sent_at, message_id) values (p_customer, p_kind, p_value, v_now, p_message);
    insert into fte.proofs as own (customer_id, kind, value, code_hash, expires_at, attempts_left)
    values (p_customer, p_kind, p_value, p_hash, v_now + p_valid, p_attempts)
    on conflict (customer_id, kind, value) do update set
        code_hash = excluded.code_hash, expires_at = excluded.expires_at, attempts_left = excluded.attempts_left;
    return true;
end $$;

-- Whether a customer is somebody by more than the token that their conversation began with: they are one with another, or have proved an address.
create function fte.is_somebody(p_customer uuid) returns boolean language sql stable as $$
    select exists (select 1 from fte.customers c where (c.id = p_customer and c.merged_into is not null) or c.merged_into = p_customer)
        or exists (select 1 from fte.identifiers i where i.customer_id = p_customer and i.proved and i.kind in ('email', 'phone'))
$$;

-- Looks at a code that a customer gives. Whoever calls this holds what waits for them, and the turn where the code is right.
create function fte.look_at_code(
    p_customer uuid, p_hash bytea, p_merge uuid, p_known boolean, p_right boolean, out outcome text, out kind text, out value text, out goes_on uuid
) language plpgsql as $$
declare
    v_now constant timestamptz := fte.now();
    v_owner uuid;
    v_kind text;
    v_value text;
begin
    goes_on := fte.canonical(p_customer);
    delete from fte.proofs w where w.customer_id = p_customer and (w.expires_at <= v_now or w.attempts_left <= 0);
    if goes_on is null or not exists (select 1 from fte.proofs w where w.customer_id = p_customer) then
        outcome := 'none_waits';
        return;
    end if;

    select w.kind, w.value into v_kind, v_value from fte.proofs w where w.customer_id = p_customer and w.code_hash = p_hash limit 1;
    if v_kind is not null and not p_right then
        -- It has come to be right since it was looked whether a turn is needed. Nobody asks for one who holds anything: they begin again.
        outcome := 'ask_again';
        return;
    end if;
    if v_kind is null then
        update fte.proofs w set attempts_left = attempts_left - 1 where w.customer_id = p_customer;
        outcome := 'wrong';
        return;
    end if;

    delete from fte.proofs w where w.customer_id = p_customer and w.kind = v_kind and w.value = v_value;
    kind := v_kind;
    value := v_value;
    -- Whoever may be a stranger adds no address of theirs to a person's, and joins nobody to them.
    if not p_known and fte.is_somebody(p_customer)
        and not exists (select 1 from fte.identifiers i where i.customer_id = goes_on and i.kind = v_kind and i.value = v_value and i.proved)
    then
        outcome := 'other_address';
        return;
    end if;

    loop
        v_owner := fte.owner_of(v_kind, v_value, v_now);
        exit when v_owner is not null;
        begin
            insert into fte.identifiers (customer_id, kind, value, value_folded, proved, noted_at)
            values (goes_on, v_kind, v_value, lower(v_value), true, v_now)
            on conflict on constraint identifiers_pkey do update set proved = true, noted_at = excluded.noted_at;   -- Proved anew: it counts from now.
        exception when unique_violation then
            null;   -- Its owner has written from it at this very moment: they are found now.
        end;
    end loop;

    if v_owner = goes_on then
        -- Shown anew by its owner, it counts from now.
        update fte.identifiers i set noted_at = v_now where i.customer_id = v_owner and i.kind = v_kind and i.value = v_value and i.noted_at < v_now;
    end if;
    outcome := 'proved';
    perform fte.note('customer', 'proved', goes_on, v_kind);
    if v_owner <> goes_on and fte.may_share(goes_on, v_owner, v_kind, v_value) then
        outcome := 'needs_person';
    elsif v_owner <> goes_on then
        select m.outcome, m.goes_on into outcome, v_owner from fte.merge_customers(p_merge, goes_on, v_owner, 'proof', 'a code sent to the address') m;
        if outcome = 'merged' then
            goes_on := v_owner;
        else
            outcome := 'needs_person';
        end if;
    end if;
end $$;

-- A customer gives a code. Each look at it is counted before the next one looks, however many come at once; but the same message is looked at
-- once, however often it is brought.
create function fte.prove_identifier(
    p_customer uuid, p_hash bytea, p_merge uuid, p_known boolean, p_message uuid, p_kept interval, out outcome text, out kind text, out value text, out goes_on uuid
) language plpgsql as $$
declare
    c_tidied constant int := 100;
    -- Whoever is right may have to merge, and asks for the turn while they hold nothing.
    v_right constant boolean := exists (select 1 from fte.proofs w where w.customer_id = p_customer and w.code_hash = p_hash);
    v_before record;
begin
    if v_right then
        perform fte.take_turn();
    end if;
    perform 1 from fte.proofs w where w.customer_id = p_customer order by w.kind, w.value for update;
    if p_message is not null then
        -- Whoever brought it at the same moment has been waited for by now. The hash says nothing here: it is made for a customer, and after a
        -- merge the message is brought for the one with whom contact goes on.
        select g.outcome, g.kind, g.value, g.goes_on into v_before from fte.codes_given g where g.message_id = p_message;
        if found then
            outcome := v_before.outcome;
            kind := v_before.kind;
            value := v_before.value;
            goes_on := fte.canonical(v_before.goes_on);
            return;
        end if;
    end if;

    select l.outcome, l.kind, l.value, l.goes_on into outcome, kind, value, goes_on
    from fte.look_at_code(p_customer, p_hash, p_merge, p_known, v_right) l;
    if p_message is null or outcome in ('none_waits', 'ask_again') then
        return;
    end if;
    delete from fte.codes_given where ctid = any (array(
        select ctid from fte.codes_given where given_at <= fte.now() - p_kept order by given_at limit c_tidied for update skip locked));
    insert into fte.codes_given (message_id, customer_id, outcome, kind, value, goes_on, given_at)
    values (p_message, p_customer, outcome, kind, value, goes_on, fte.now())
    on conflict (message_id) do nothing;
end $$;
