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

-- Whether a person has this conversation, or is awaited in it.
create function fte.is_with_person(p_customer uuid) returns boolean language sql stable as $$
    select exists (select 1 from fte.conversations where customer_id = p_customer and (handoff_since is not null or escalation_id is not null))
$$;

create function fte.note(p_actor text, p_act text, p_customer uuid, p_detail text) returns void language sql as $$
    insert into fte.audit (at, actor, act, customer_id, detail) values (fte.now(), p_actor, p_act, p_customer, p_detail)
$$;

-- Makes two customers one. Contact goes on with the one that a person has or is awaited by, else with p_into.
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
    if fte.is_with_person(v_from) then
        if fte.is_with_person(v_into) then
            outcome := 'both_with_people';
            return;
        end if;
        v_into := v_from;
        v_from := goes_on;
        goes_on := v_into;
    end if;

    perform 1 from fte.customers where id in (v_from, v_into) order by id for no key update;
    insert into fte.merges (id, from_customer, into_customer, merged_by, proof, merged_at) values (p_merge, v_from, v_into, p_by, p_proof, fte.now());
    insert into fte.merged_identifiers (merge_id, kind, value, remarked_at)
    select p_merge, i.kind, i.value, remark.noted_at
    from fte.identifiers i
    left join fte.identifiers remark on remark.customer_id = v_into and remark.kind = i.kind and remark.value = i.value
    where i.customer_id = v_from and i.proved;
    delete from fte.identifiers remark using fte.merged_identifiers m
    where m.merge_id = p_merge and remark.customer_id = v_into and remark.kind = m.kind and remark.value = m.value;
    update fte.identifiers set customer_id = v_into where customer_id = v_from and proved;
    update fte.customers set merged_into = v_into where id = v_from or merged_into = v_from;
    update fte.conversations set version = version + 1 where customer_id in (v_from, v_into);
    perform fte.note(p_by, 'merged', v_from, 'into ' || v_into);
    outcome := 'merged';
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
begin
    perform fte.take_turn();
    select from_customer, into_customer into v_from, v_into from fte.merges where id = p_merge and undone_at is null;
    if not found then
        return false;
    end if;
    v_owner := fte.canonical(v_into);
    perform fte.hold_conversations(array[v_from, v_into, v_owner]);
    perform 1 from fte.customers where id in (v_from, v_into, v_owner) order by id for no key update;
    update fte.merges set undone_by = p_by, undone_at = fte.now() where id = p_merge;

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

    with recursive below (id) as (
        select v_from
        union
        select g.from_customer from below join fte.merges g on g.into_customer = below.id where g.undone_at is null)
    update fte.customers c set merged_into = nullif(v_from, c.id) from below where c.id = below.id;
    update fte.conversations set version = version + 1 where customer_id in (v_from, v_into, v_owner);
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

-- Notes that a code is sent to an address. False where too many wait or were sent: an address that is sent codes without end is a nuisance
-- to its owner, and every further code is a further guess.
create function fte.ask_proof(
    p_customer uuid, p_kind text, p_value text, p_hash bytea, p_valid interval, p_attempts int, p_waiting int, p_hourly int
) returns boolean language plpgsql as $$
declare
    c_tidied constant int := 100;
    v_now constant timestamptz := fte.now();
begin
    -- Those who ask for one address, and those of one customer, take turns: else each would count without the other.
    perform pg_advisory_xact_lock(hashtextextended(p_kind || ' ' || p_value, 6));
    perform 1 from fte.customers where id = p_customer for no key update;
    if not found then
        return false;
    end if;

    -- Whoever asks clears away what has ended: nobody else would.
    delete from fte.codes_sent where ctid = any (array(
        select ctid from fte.codes_sent where sent_at <= v_now - interval '1 hour' order by sent_at limit c_tidied for update skip locked));
    delete from fte.proofs where ctid = any (array(
        select ctid from fte.proofs where expires_at <= v_now limit c_tidied for update skip locked));

    if (select count(*) from fte.proofs w
            where w.customer_id = p_customer and w.expires_at > v_now and (w.kind, w.value) <> (p_kind, p_value)) >= p_waiting
        or (select count(*) from fte.codes_sent s where s.customer_id = p_customer and s.sent_at > v_now - interval '1 hour') >= p_hourly
        or (select count(*) from fte.codes_sent s where s.kind = p_kind and s.value = p_value and s.sent_at > v_now - interval '1 hour') >= p_hourly
    then
        return false;
    end if;
    insert into fte.codes_sent (customer_id, kind, value, sent_at) values (p_customer, p_kind, p_value, v_now);
    insert into fte.proofs as own (customer_id, kind, value, code_hash, expires_at, attempts_left)
    values (p_customer, p_kind, p_value, p_hash, v_now + p_valid, p_attempts)
    on conflict (customer_id, kind, value) do update set
        code_hash = excluded.code_hash, expires_at = excluded.expires_at, attempts_left = excluded.attempts_left;
    return true;
end $$;

-- A customer gives a code. Each look at it is counted before the next one looks, however many come at once.
create function fte.prove_identifier(p_customer uuid, p_hash bytea, p_merge uuid, out outcome text, out kind text, out value text, out goes_on uuid)
language plpgsql as $$
declare
    v_now constant timestamptz := fte.now();
    -- Whoever is right may have to merge, and asks for the turn while they hold nothing.
    v_right constant boolean := exists (select 1 from fte.proofs w where w.customer_id = p_customer and w.code_hash = p_hash);
    v_owner uuid;
    v_kind text;
    v_value text;
begin
    if v_right then
        perform fte.take_turn();
    end if;
    goes_on := fte.canonical(p_customer);
    perform 1 from fte.proofs w where w.customer_id = p_customer order by w.kind, w.value for update;
    delete from fte.proofs w where w.customer_id = p_customer and (w.expires_at <= v_now or w.attempts_left <= 0);
    if goes_on is null or not exists (select 1 from fte.proofs w where w.customer_id = p_customer) then
        outcome := 'none_waits';
        return;
    end if;

    select w.kind, w.value into v_kind, v_value from fte.proofs w where w.customer_id = p_customer and w.code_hash = p_hash limit 1;
    if v_kind is null or not v_right then
        update fte.proofs w set attempts_left = attempts_left - 1 where w.customer_id = p_customer;
        outcome := 'wrong';
        return;
    end if;

    delete from fte.proofs w where w.customer_id = p_customer and w.kind = v_kind and w.value = v_value;
    loop
        select i.customer_id into v_owner from fte.identifiers i where i.kind = v_kind and i.value = v_value and i.proved;
        exit when v_owner is not null;
        begin
            insert into fte.identifiers (customer_id, kind, value, value_folded, proved, noted_at)
            values (goes_on, v_kind, v_value, lower(v_value), true, v_now)
            on conflict on constraint identifiers_pkey do update set proved = true;
        exception when unique_violation then
            null;   -- Its owner has written from it at this very moment: they are found now.
        end;
    end loop;

    kind := v_kind;
    value := v_value;
    outcome := 'proved';
    perform fte.note('customer', 'proved', goes_on, v_kind);
    if v_owner <> goes_on then
        select m.outcome, m.goes_on into outcome, v_owner from fte.merge_customers(p_merge, goes_on, v_owner, 'proof', 'a code sent to the address') m;
        if outcome = 'merged' then
            goes_on := v_owner;
        else
            outcome := 'needs_person';
        end if;
    end if;
end $$;
