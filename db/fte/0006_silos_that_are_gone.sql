-- What silos leave behind, and what a database that was away makes look like it.
--
-- About claims (0004): a claim does not wait for the disk. If the database's own machine loses power, a claim of the last moments may be
-- lost while its claimer lives on, and another may claim the same. That is allowed: a draft is then made twice and committed once, and a
-- delivery may be sent twice under its one id. What is settled waits for the disk.

comment on table fte.conversations is
    'One row for each customer. A message that joins an open exchange changes no index of it, but for the first of a minute; one that opens an '
    'exchange, and the answer that ends it, change conversations_worked, and so write to each index.';

-- Whether it was the database that was away, or all silos at once: none has been seen without a gap for as long as p_unseen. Then nobody can
-- say who is gone, and nobody's work is taken over. Where no silo has left a row, all have ended in good order, and nobody was away.
create function fte.database_was_away(p_unseen interval) returns boolean language sql as $$
    select exists (select from fte.silos) and not exists (
        select from fte.silos
        where seen_at > fte.now() - p_unseen and (returned_at is null or returned_at <= fte.now() - p_unseen))
$$;

-- As before; but a silo that is new while the database was away knows no more than the others, and counts as one that has only come back.
create or replace function fte.renew_silo(p_incarnation text, p_unseen interval, p_kept interval) returns void language plpgsql as $$
declare
    v_now constant timestamptz := fte.now();
begin
    perform set_config('synchronous_commit', 'off', true);
    -- An incarnation never comes back, so its row is of no use once nothing it worked on can be younger.
    delete from fte.silos where seen_at < v_now - p_kept and incarnation <> p_incarnation;
    insert into fte.silos as own (incarnation, seen_at, returned_at)
    values (p_incarnation, v_now, case when fte.database_was_away(p_unseen) then v_now end)
    on conflict (incarnation) do update set
        seen_at = excluded.seen_at,
        returned_at = case when own.seen_at <= v_now - p_unseen then v_now else own.returned_at end;
end $$;

-- Claims of silos that are gone are found here. A commit makes no claim, so it writes no entry.
create index outbox_claimed on fte.outbox (claimed_by) where claimed_by is not null;

-- What was sent is kept for some days. The last item of each destination stays after that, for the next one's number follows from it, but
-- without what it said.
alter table fte.outbox add column tidied_at timestamptz;
create index outbox_sent on fte.outbox (sent_at) where sent_at is not null and tidied_at is null;

-- Claims conversations with a duty that is due, the longest waiting first, then those whose exchange is worked by a silo that is gone.
-- With each comes the incarnation that is gone, where one is. What a silo that is gone had claimed to send is free again before that.
create or replace function fte.claim_due(p_limit int, p_unseen interval, p_command_kept interval)
returns table (customer uuid, gone_worker text) language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$
declare
    c_tidied constant int := 1000;
    v_now constant timestamptz := fte.now();
    v_claimed int;
    v_seen constant text[] := array(select incarnation from fte.silos where seen_at > v_now - p_unseen);
    v_database_was_away constant boolean := fte.database_was_away(p_unseen);
begin
    perform set_config('synchronous_commit', 'off', true);

    if not v_database_was_away then
        perform fte.free_claims(v_seen, p_limit);
    end if;

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
    perform fte.tidy_outbox(v_now, c_tidied);
end $$;

-- Ends the claims of all who are not seen, so that a delivery waits for nobody's lease, and moves the duties with them.
create function fte.free_claims(p_seen text[], p_limit int) returns void language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$
declare
    v_freed uuid[];
begin
    -- Deliveries move the conversation's next action, so its row is taken first, as everywhere.
    with left_behind as (
        select distinct o.customer_id from fte.outbox o where o.claimed_by is not null and o.claimed_by <> all (p_seen) limit p_limit),
    held as (
        select c.customer_id from fte.conversations c join left_behind using (customer_id)
        order by c.customer_id for no key update of c skip locked),
    freed as (
        update fte.outbox o set claimed_by = null, claimed_until = null from held
        where o.customer_id = held.customer_id and o.claimed_by is not null and o.claimed_by <> all (p_seen)
        returning o.customer_id)
    select array_agg(distinct customer_id) into v_freed from freed;
    if v_freed is not null then
        perform fte.derive_deliveries(v_freed);
    end if;
end $$;

-- Takes away what was sent long ago, a few at a time. One silo does it at a time, and nobody waits for it.
create function fte.tidy_outbox(p_now timestamptz, p_limit int) returns void language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$
declare
    c_kept constant interval := '7 days';
begin
    if not pg_try_advisory_xact_lock(x'66746500000004'::bigint) then
        return;
    end if;
    with old as materialized (
        select o.id, o.customer_id, o.destination, o.sequence from fte.outbox o
        where o.sent_at < p_now - c_kept and o.tidied_at is null
        order by o.sent_at limit p_limit),
    gone as (
        delete from fte.outbox o using old
        where o.customer_id = old.customer_id and o.destination = old.destination and o.sequence < old.sequence and o.sent_at is not null)
    update fte.outbox o set tidied_at = p_now, payload = ''
    from old
    where o.id = old.id and not exists (
        select from old later
        where later.customer_id = old.customer_id and later.destination = old.destination and later.sequence > old.sequence);
end $$;

-- Makes a version's table and index, unless it has one or has no vectors of one kind. Says whether it has one now. An extension that was
-- dropped takes the table's vectors with it and leaves the rest: such a table is made anew.
create or replace function fte.index_vectors(version bigint) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    place text := (select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'vector');
    kinds bigint;
    who   text;
    size  integer;
    kind  text;
begin
    if fte.pgvector() is null then
        return false;
    end if;
    -- Silos that start together would all build the same.
    perform pg_advisory_xact_lock(x'66746500000003'::bigint);
    if exists (select from fte.knowledge_vector_tables where version_id = version) then
        if exists (
            select from pg_attribute
            where attrelid = to_regclass(format('fte.knowledge_vectors_%s', version)) and attname = 'v' and not attisdropped)
        then
            return true;
        end if;
        delete from fte.knowledge_vector_tables where version_id = version;
    end if;
    select count(distinct (embedder, array_length(vector, 1))), min(embedder), min(array_length(vector, 1)) into kinds, who, size
        from fte.knowledge_chunks where version_id = version and vector is not null;
    -- An index holds 2,000 numbers at full length, or 4,000 at half of it.
    if kinds <> 1 or who is null or size is null or size > 4000 then
        return false;
    end if;
    kind := case when size <= 2000 then 'vector' else 'halfvec' end;

    begin
        execute format('drop table if exists fte.knowledge_vectors_%s', version);
        execute format('create table fte.knowledge_vectors_%s (chunk integer not null, category text, v %I.%I(%s) not null)', version, place, kind, size);
        -- A chunk's number is its place in the version as it is loaded.
        execute format($sql$
            insert into fte.knowledge_vectors_%1$s
            select c.number, d.category, c.vector::%2$I.%3$I
            from (select document_id, vector, row_number() over (order by document_id, place) - 1 as number from fte.knowledge_chunks where version_id = %1$s) c
            join fte.knowledge_documents d on d.version_id = %1$s and d.id = c.document_id
            where c.vector is not null
            $sql$, version, place, kind);
        -- Pages that are much alike lie close together; with fewer candidates while it is built, they would be linked among themselves only.
        execute format('create index on fte.knowledge_vectors_%s using hnsw (v %I.%I) with (ef_construction = 200)', version, place, kind || '_cosine_ops');
        execute format('analyze fte.knowledge_vectors_%s', version);
        insert into fte.knowledge_vector_tables values (version, who, size);
    exception when others then
        -- The version is whole without it: its vectors are searched in memory.
        raise warning 'the vectors of version % could not be indexed: %', version, sqlerrm;
        return false;
    end;
    return true;
end $$;
