-- How conversations are committed, and what follows from a commit, as functions: what belongs together is one round trip, and what
-- must be derived is derived in one place. Each statement in them is planned once for each connection and uses the indexes whatever
-- the tables' statistics say: a plan that is good for sixty rows today is wrong for a million tomorrow.
--
-- While silos of two versions run beside each other both call these. A function that needs other arguments gets another name.

-- The next action of these conversations after something to be sent has moved. The caller holds the conversations' rows, or else a
-- delivery that is written at the same moment would be overlooked. What holds a destination up is its first unsent item alone: when it
-- is due, and not before another's claim to it has ended. A duty that moved is a new one: the sweepers' back-off for the old one ends.
create function fte.derive_deliveries(p_customers uuid[]) returns void language sql as $$
    update fte.conversations c set
        delivery_due_at = duty.delivery,
        next_action_at = duty.next,
        wake_at = least(c.wake_at, duty.next),
        pokes = case when c.next_action_at is not distinct from duty.next then c.pokes else 0 end,
        poke_after = case when c.next_action_at is not distinct from duty.next then c.poke_after else 'epoch' end
    from (
        select own.customer_id, head.delivery, least(own.exchange_due_at, own.sla_due_at, own.quiet_close_at, head.delivery) as next
        from unnest(p_customers) as asked (customer_id)
        join fte.conversations own using (customer_id)
        cross join lateral (
            select min(greatest(first.due_at, first.claimed_until)) as delivery
            from (
                select distinct on (o.destination) o.due_at, o.claimed_until from fte.outbox o
                where o.customer_id = own.customer_id and o.sent_at is null and o.dead_at is null
                order by o.destination, o.sequence) first) head) duty
    where c.customer_id = duty.customer_id
$$;

-- Commits what several conversations have decided, each on its own version, in one transaction. Gives null when all of it was
-- committed, else one number for each: 0 committed, 1 the conversation has moved on or knows the command, 2 a message is in the record
-- already. One that is not committed leaves nothing and harms none of the others.
--
-- The members come in order of customer, one for each, and so do their messages: two silos that commit the same conversations never
-- wait for each other in a ring. Messages come first: they are what shows whether a member is a repetition, and taking back rows that
-- nobody has seen is easier than taking back a conversation. Due times come as microseconds from the decision and are put on the
-- clock of the record here.
create function fte.commit_conversations(
    p_customer uuid[], p_expected bigint[], p_command uuid[], p_epoch bigint[], p_last_sequence bigint[], p_decided_through bigint[],
    p_exchange uuid[], p_exchange_opened timestamptz[], p_exchange_first bigint[], p_exchange_last bigint[], p_exchange_restarts int[],
    p_exchange_draft bigint[], p_exchange_due bigint[], p_exchange_attempts int[], p_worked_by text[],
    p_handoff uuid[], p_handoff_name text[], p_handoff_since timestamptz[], p_handoff_reply timestamptz[],
    p_escalation uuid[], p_cool_down timestamptz[], p_sla bigint[], p_quiet bigint[], p_own_action bigint[],
    p_sentiment float8[], p_message_at timestamptz[], p_wrote_at timestamptz[], p_seen timestamptz[],
    m_customer uuid[], m_sequence bigint[], m_id uuid[], m_author text[], m_operator uuid[], m_operator_name text[], m_kind text[],
    m_text text[], m_at timestamptz[], m_channel text[], m_ticket text[], m_citations text[], m_footer text[], m_sentiment float8[],
    m_notice text[], m_channel_message text[], m_rule text[], m_model text[], m_exchange uuid[],
    p_tickets jsonb, p_escalations jsonb, p_outbox jsonb
) returns int[] language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
    c_us constant interval := '1 microsecond';
    v_now constant timestamptz := fte.now();
    v_places bigint[];     -- Of the messages written, by customer.
    v_writers uuid[];
    v_commands uuid[];     -- Customers whose command was written.
    v_repeated uuid[];     -- Customers of whom something is in the record already.
    v_done uuid[];
    v_failed uuid[];
    v_outcomes int[];
begin
    -- A conversation begins as a row of version 0 that nobody sees: from there on the first commit is like any other.
    if 0 = any (p_expected) then
        insert into fte.conversations (customer_id, version, epoch, last_sequence)
        select m.customer, 0, 0, 0 from unnest(p_customer, p_expected) as m (customer, expected) where m.expected = 0
        on conflict do nothing;
    end if;

    if m_customer is not null then
        with written as (
            insert into fte.messages (
                customer_id, sequence, id, author, operator_id, operator_name, kind, text, at, channel, ticket_id, citations, footer, sentiment,
                notice, channel_message_id, rule, model, exchange_id)
            select * from unnest(
                m_customer, m_sequence, m_id, m_author, m_operator, m_operator_name, m_kind, m_text, m_at, m_channel, m_ticket, m_citations, m_footer,
                m_sentiment, m_notice, m_channel_message, m_rule, m_model, m_exchange)
            on conflict do nothing
            returning customer_id, sequence)
        select array_agg(customer_id), array_agg(sequence) into v_writers, v_places from written;
        if cardinality(m_customer) > coalesce(cardinality(v_writers), 0) then
            select array_agg(m.customer) into v_repeated from unnest(m_customer, m_sequence) as m (customer, sequence)
            where not exists (select 1 from unnest(v_writers, v_places) as w (customer, sequence) where w.customer = m.customer and w.sequence = m.sequence);
        end if;
    end if;

    if p_command is not null then
        with written as (
            insert into fte.commands (customer_id, command_id, at)
            select m.customer, m.command, v_now from unnest(p_customer, p_command) as m (customer, command) where m.command is not null
            on conflict do nothing
            returning customer_id)
        select array_agg(customer_id) into v_commands from written;
        if cardinality(array_remove(p_command, null)) > coalesce(cardinality(v_commands), 0) then
            select v_repeated || array_agg(m.customer) into v_repeated from unnest(p_customer, p_command) as m (customer, command)
            where m.command is not null and (v_commands is null or m.customer <> all (v_commands));
        end if;
    end if;

    with done as (
        update fte.conversations c set
            version = m.expected + 1, epoch = m.epoch, last_sequence = m.last_sequence, decided_through = m.decided_through,
            exchange_id = m.exchange, exchange_opened_at = m.opened, exchange_first_sequence = m.first, exchange_last_sequence = m.last,
            exchange_restarts = m.restarts, exchange_draft_at = v_now + m.draft * c_us, exchange_due_at = v_now + m.due * c_us,
            exchange_attempts = m.attempts, worked_by = m.worked_by,
            handoff_operator_id = m.handoff, handoff_operator_name = m.handoff_name, handoff_since = m.handoff_since, handoff_reply_due = m.handoff_reply,
            escalation_id = m.escalation, cool_down_at = m.cool_down,
            last_sentiment = coalesce(m.sentiment, c.last_sentiment), last_message_at = coalesce(m.message_at, c.last_message_at),
            customer_wrote_at = greatest(m.wrote_at, c.customer_wrote_at),
            sla_due_at = v_now + m.sla * c_us, quiet_close_at = v_now + m.quiet * c_us,
            -- The conversation's own duties are all in the commit; the deliveries still open join them. Nulls do not count.
            next_action_at = least(v_now + m.own_action * c_us, c.delivery_due_at),
            wake_at = least(c.wake_at, v_now + m.own_action * c_us, c.delivery_due_at),
            pokes = 0, poke_after = 'epoch'
        from unnest(
            p_customer, p_expected, p_epoch, p_last_sequence, p_decided_through, p_exchange, p_exchange_opened, p_exchange_first, p_exchange_last,
            p_exchange_restarts, p_exchange_draft, p_exchange_due, p_exchange_attempts, p_worked_by, p_handoff, p_handoff_name, p_handoff_since,
            p_handoff_reply, p_escalation, p_cool_down, p_sla, p_quiet, p_own_action, p_sentiment, p_message_at, p_wrote_at)
            as m (
                customer, expected, epoch, last_sequence, decided_through, exchange, opened, first, last, restarts, draft, due, attempts, worked_by,
                handoff, handoff_name, handoff_since, handoff_reply, escalation, cool_down, sla, quiet, own_action, sentiment, message_at, wrote_at)
        where c.customer_id = m.customer and c.version = m.expected and (v_repeated is null or m.customer <> all (v_repeated))
        returning c.customer_id)
    select array_agg(customer_id) into v_done from done;

    if cardinality(p_customer) > coalesce(cardinality(v_done), 0) then
        select array_agg(m.customer) into v_failed from unnest(p_customer) as m (customer) where v_done is null or m.customer <> all (v_done);
        select array_agg(case
                when m.customer <> all (v_failed) then 0
                when c.version = m.expected and (p_command is null or m.command is null or m.customer = any (v_commands)) then 2
                else 1
            end order by m.place)
        into v_outcomes
        from unnest(p_customer, p_expected, p_command) with ordinality as m (customer, expected, command, place)
        left join fte.conversations c on c.customer_id = m.customer;

        delete from fte.messages t using unnest(v_writers, v_places) as w (customer, sequence)
        where t.customer_id = w.customer and t.sequence = w.sequence and w.customer = any (v_failed);
        delete from fte.commands t using unnest(p_customer, p_command) as m (customer, command)
        where t.customer_id = m.customer and t.command_id = m.command and m.customer = any (v_failed) and m.customer = any (v_commands);
        delete from fte.conversations c where c.customer_id = any (v_failed) and c.version = 0;
    end if;

    -- What most commits do not bring.
    if p_seen is not null then
        update fte.customers u set seen_minute = m.seen from unnest(p_customer, p_seen) as m (customer, seen)
        where u.id = m.customer and u.seen_minute < m.seen and (v_failed is null or m.customer <> all (v_failed));
    end if;
    if p_tickets is not null then
        perform fte.write_tickets(p_tickets, v_failed);
    end if;
    if p_escalations is not null then
        perform fte.write_escalations(p_escalations, v_failed);
    end if;
    if p_outbox is not null then
        perform fte.write_outbox(p_outbox, v_failed, v_now);
    end if;
    return v_outcomes;
end $$;

-- New and changed tickets. One that another conversation owns is never written, whatever id a caller brings: that is a fault of the
-- caller, and undoes the whole commit.
create function fte.write_tickets(p_tickets jsonb, p_except uuid[]) returns void language plpgsql as $$
declare
    v_asked int;
    v_written int;
begin
    select count(*) into v_asked from jsonb_to_recordset(p_tickets) as t (customer_id uuid) where p_except is null or t.customer_id <> all (p_except);
    insert into fte.tickets as own (
        customer_id, id, subject, status, category, priority, channel, opened_at, first_response_due, first_response_at, escalated_at,
        resolution_by, resolution_operator_id, resolution_operator_name, resolution_at, resolution_notes, resolution_verified_by,
        resolution_verified_at, closed_at)
    select t.* from jsonb_to_recordset(p_tickets) as t (
        customer_id uuid, id text, subject text, status text, category text, priority text, channel text, opened_at timestamptz,
        first_response_due timestamptz, first_response_at timestamptz, escalated_at timestamptz, resolution_by text, resolution_operator_id uuid,
        resolution_operator_name text, resolution_at timestamptz, resolution_notes text, resolution_verified_by text,
        resolution_verified_at timestamptz, closed_at timestamptz)
    where p_except is null or t.customer_id <> all (p_except)
    on conflict (id) do update set
        subject = excluded.subject, status = excluded.status, category = excluded.category, priority = excluded.priority,
        channel = excluded.channel, opened_at = excluded.opened_at, first_response_due = excluded.first_response_due,
        first_response_at = excluded.first_response_at, escalated_at = excluded.escalated_at,
        resolution_by = excluded.resolution_by, resolution_operator_id = excluded.resolution_operator_id,
        resolution_operator_name = excluded.resolution_operator_name, resolution_at = excluded.resolution_at,
        resolution_notes = excluded.resolution_notes, resolution_verified_by = excluded.resolution_verified_by,
        resolution_verified_at = excluded.resolution_verified_at, closed_at = excluded.closed_at
    where own.customer_id = excluded.customer_id;
    get diagnostics v_written = row_count;
    if v_written < v_asked then
        raise exception 'a ticket belongs to another conversation' using errcode = 'integrity_constraint_violation';
    end if;
end $$;

-- New and changed escalations, under the same rule.
create function fte.write_escalations(p_escalations jsonb, p_except uuid[]) returns void language plpgsql as $$
declare
    v_asked int;
    v_written int;
begin
    select count(*) into v_asked from jsonb_to_recordset(p_escalations) as e (customer_id uuid) where p_except is null or e.customer_id <> all (p_except);
    insert into fte.escalations as own (
        customer_id, id, ticket_id, reason, rule, urgency, route, summary, raised_by, raised_operator_id, raised_operator_name, raised_at,
        ack_due, reminders, acknowledged_by_id, acknowledged_by_name, acknowledged_at, ended_at)
    select e.* from jsonb_to_recordset(p_escalations) as e (
        customer_id uuid, id uuid, ticket_id text, reason text, rule text, urgency text, route text, summary text, raised_by text,
        raised_operator_id uuid, raised_operator_name text, raised_at timestamptz, ack_due timestamptz, reminders int,
        acknowledged_by_id uuid, acknowledged_by_name text, acknowledged_at timestamptz, ended_at timestamptz)
    where p_except is null or e.customer_id <> all (p_except)
    on conflict (id) do update set
        ticket_id = excluded.ticket_id, reason = excluded.reason, rule = excluded.rule, urgency = excluded.urgency, route = excluded.route,
        summary = excluded.summary, ack_due = excluded.ack_due, reminders = excluded.reminders,
        acknowledged_by_id = excluded.acknowledged_by_id, acknowledged_by_name = excluded.acknowledged_by_name,
        acknowledged_at = excluded.acknowledged_at, ended_at = excluded.ended_at
    where own.customer_id = excluded.customer_id;
    get diagnostics v_written = row_count;
    if v_written < v_asked then
        raise exception 'an escalation belongs to another conversation' using errcode = 'integrity_constraint_violation';
    end if;
end $$;

-- New things to send, each in the next place of its conversation and destination. The conversation's row is held by the commit, so
-- nobody else counts at the same time.
create function fte.write_outbox(p_outbox jsonb, p_except uuid[], p_now timestamptz) returns void language plpgsql as $$
declare
    v_customers uuid[];
begin
    with written as (
        insert into fte.outbox (id, customer_id, destination, sequence, payload, created_at, due_at)
        select item.id, item.customer_id, item.destination,
            coalesce((select max(o.sequence) from fte.outbox o where o.customer_id = item.customer_id and o.destination = item.destination), 0)
                + row_number() over (partition by item.customer_id, item.destination order by item.place),
            item.payload, item.created_at, p_now
        from jsonb_to_recordset(p_outbox) as item (customer_id uuid, id uuid, destination text, payload text, created_at timestamptz, place int)
        where p_except is null or item.customer_id <> all (p_except)
        returning customer_id)
    select array_agg(distinct customer_id) into v_customers from written;
    perform fte.derive_deliveries(v_customers);
end $$;
