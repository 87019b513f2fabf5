-- Claims: of what is due, and of what is to be sent. Each is one round trip. A claim may be lost with the machine's power, for its
-- claimer is lost with it; so it does not wait for the disk.

-- This incarnation of a silo lives. One that was not seen for longer than p_unseen and is back is noted: after an outage of the database
-- every silo looks as if it had been away.
create function fte.renew_silo(p_incarnation text, p_unseen interval, p_kept interval) returns void language plpgsql as $$
declare
    v_now constant timestamptz := fte.now();
begin
    perform set_config('synchronous_commit', 'off', true);
    -- An incarnation never comes back, so its row is of no use once nothing it worked on can be younger.
    delete from fte.silos where seen_at < v_now - p_kept and incarnation <> p_incarnation;
    insert into fte.silos as own (incarnation, seen_at) values (p_incarnation, v_now)
    on conflict (incarnation) do update set
        seen_at = excluded.seen_at,
        returned_at = case when own.seen_at <= v_now - p_unseen then v_now else own.returned_at end;
end $$;

-- This incarnation has ended in good order: what it left open may be taken over at once.
create function fte.retire_silo(p_incarnation text) returns void language plpgsql as $$
begin
    perform set_config('synchronous_commit', 'off', true);
    delete from fte.silos where incarnation = p_incarnation;
end $$;

-- Claims conversations with a duty that is due, the longest waiting first, then those whose exchange is worked by a silo that is gone.
-- With each comes the incarnation that is gone, where one is.
create function fte.claim_due(p_limit int, p_unseen interval, p_command_kept interval)
returns table (customer uuid, gone_worker text) language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$
declare
    c_tidied constant int := 1000;
    v_now constant timestamptz := fte.now();
    v_claimed int;
    v_seen constant text[] := array(select incarnation from fte.silos where seen_at > v_now - p_unseen);
    -- While every silo that is seen has only just come back, it was the database that was away, and nobody's exchange is taken over.
    v_database_was_away constant boolean := exists (
        select 1 from fte.silos where seen_at > v_now - p_unseen
        having count(*) > 0 and count(*) filter (where returned_at is null or returned_at <= v_now - p_unseen) = 0);
begin
    perform set_config('synchronous_commit', 'off', true);

    -- wake_at may be too early, never too late: commits leave it alone while it is. Here it is put right.
    update fte.conversations c set wake_at = c.next_action_at
    from (
        select customer_id from fte.conversations
        where wake_at <= v_now and (next_action_at is null or next_action_at > v_now)
        order by wake_at limit c_tidied
        for no key update skip locked) early
    where c.customer_id = early.customer_id;

    return query
    with due as (
        select customer_id from fte.conversations
        where wake_at <= v_now and next_action_at <= v_now and poke_after <= v_now
        order by next_action_at limit p_limit
        for no key update skip locked)
    update fte.conversations c set pokes = c.pokes + 1, poke_after = v_now + fte.back_off(c.pokes)
    from due where c.customer_id = due.customer_id
    returning c.customer_id, case when not v_database_was_away and c.worked_by <> all (v_seen) then c.worked_by end;
    get diagnostics v_claimed = row_count;

    if v_claimed < p_limit and not v_database_was_away then
        return query
        with left_behind as (
            select customer_id from fte.conversations
            where worked_by is not null and poke_after <= v_now
                and worked_by <> all (v_seen)
            order by next_action_at limit p_limit - v_claimed
            for no key update skip locked)
        update fte.conversations c set pokes = c.pokes + 1, poke_after = v_now + fte.back_off(c.pokes)
        from left_behind where c.customer_id = left_behind.customer_id
        returning c.customer_id, c.worked_by;
    end if;

    -- Commands are remembered for a day. The oldest go a few at a time, and nobody waits for anybody.
    delete from fte.commands where (customer_id, command_id) in (
        select customer_id, command_id from fte.commands where at < v_now - p_command_kept order by at limit c_tidied
        for update skip locked);
end $$;

-- 1, 2, 4 … 60 seconds.
create function fte.back_off(p_pokes int) returns interval language sql immutable as $$
    select make_interval(secs => least(60, 1 << least(p_pokes, 6)))
$$;

-- Claims what this conversation has to send now: for each destination the unsent items in order, before the first that is not due yet
-- or claimed by another, at most a hundred.
create function fte.claim_outbox(p_customer uuid, p_claimed_by text, p_lease interval)
returns table (id uuid, destination text, sequence bigint, payload text, created_at timestamptz, attempts int) language plpgsql as $$
declare
    c_most constant int := 100;
    v_now timestamptz;
begin
    -- A conversation is asked for its deliveries far more often than it has any.
    if not exists (select 1 from fte.outbox o where o.customer_id = p_customer and o.sent_at is null and o.dead_at is null) then
        return;
    end if;
    perform set_config('synchronous_commit', 'off', true);
    perform 1 from fte.conversations c where c.customer_id = p_customer for no key update;
    v_now := fte.now();

    return query
    with open as (
        select o.id,
            bool_or(o.due_at > v_now or (coalesce(o.claimed_until > v_now, false) and o.claimed_by is distinct from p_claimed_by)) over earlier as held,
            row_number() over earlier as place
        from fte.outbox o
        where o.customer_id = p_customer and o.sent_at is null and o.dead_at is null
        window earlier as (partition by o.destination order by o.sequence)),
    taken as (
        update fte.outbox o set claimed_by = p_claimed_by, claimed_until = v_now + p_lease
        from open where o.id = open.id and not open.held and open.place <= c_most
        returning o.id, o.destination, o.sequence, o.payload, o.created_at, o.attempts)
    select * from taken order by taken.destination, taken.sequence;
    if found then
        perform fte.derive_deliveries(array[p_customer]);
    end if;
end $$;

-- Whether the claim still holds; makes the lease whole again.
create function fte.hold_outbox(p_item uuid, p_claimed_by text, p_lease interval) returns boolean language plpgsql as $$
declare
    v_customer constant uuid := fte.lock_conversation_of(p_item);
    v_now constant timestamptz := fte.now();   -- Once the row is held, however long that took.
begin
    perform set_config('synchronous_commit', 'off', true);
    update fte.outbox set claimed_until = v_now + p_lease
    where id = p_item and claimed_by = p_claimed_by and claimed_until > v_now and sent_at is null and dead_at is null;
    if not found then
        return false;
    end if;
    perform fte.derive_deliveries(array[v_customer]);
    return true;
end $$;

-- An attempt has ended: the item is sent (no cause), is to be tried again (a cause and a time), or is dead (a cause and no time).
-- False when the claim was lost meanwhile.
create function fte.settle_outbox(p_item uuid, p_claimed_by text, p_cause text, p_retry_in interval) returns boolean language plpgsql as $$
declare
    v_customer constant uuid := fte.lock_conversation_of(p_item);
    v_now constant timestamptz := fte.now();   -- Once the row is held, however long that took.
begin
    update fte.outbox set
        attempts = attempts + 1, cause = p_cause, claimed_by = null, claimed_until = null,
        sent_at = case when p_cause is null then v_now end,
        due_at = coalesce(v_now + p_retry_in, due_at),
        dead_at = case when p_cause is not null and p_retry_in is null then v_now end
    where id = p_item and claimed_by = p_claimed_by and sent_at is null and dead_at is null;
    if not found then
        return false;
    end if;
    perform fte.derive_deliveries(array[v_customer]);
    return true;
end $$;

-- Deliveries move the conversation's next action, so they take its row first, as a commit does.
create function fte.lock_conversation_of(p_item uuid) returns uuid language sql as $$
    select c.customer_id from fte.conversations c where c.customer_id = (select o.customer_id from fte.outbox o where o.id = p_item)
    for no key update
$$;
