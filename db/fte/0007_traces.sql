-- One trace from a message to its reply: a draft and a delivery run later than the request that asked for them, and maybe on another silo,
-- so the exchange and what is to be sent bear their place in the trace, as W3C Trace Context writes it ("traceparent"). It is null while
-- nobody takes traces. Silos that do not know these columns go on as before.

alter table fte.conversations add column exchange_trace text;   -- The first message's place, then those of messages that joined.
alter table fte.outbox add column trace text;

-- What fte.commit_conversations did (0003), with where an exchange came from.
create function fte.commit_with_traces(
    p_customer uuid[], p_expected bigint[], p_command uuid[], p_epoch bigint[], p_last_sequence bigint[], p_decided_through bigint[],
    p_exchange uuid[], p_exchange_opened timestamptz[], p_exchange_first bigint[], p_exchange_last bigint[], p_exchange_restarts int[],
    p_exchange_draft bigint[], p_exchange_due bigint[], p_exchange_attempts int[], p_worked_by text[], p_exchange_trace text[],
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
            -- A silo that knows no traces may have a message join: the first one's place stays.
            exchange_trace = case when c.exchange_id = m.exchange then coalesce(m.trace, c.exchange_trace) else m.trace end,
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
            p_exchange_restarts, p_exchange_draft, p_exchange_due, p_exchange_attempts, p_worked_by, p_exchange_trace, p_handoff,
            p_handoff_name, p_handoff_since, p_handoff_reply, p_escalation, p_cool_down, p_sla, p_quiet, p_own_action, p_sentiment, p_message_at, p_wrote_at)
            as m (
                customer, expected, epoch, last_sequence, decided_through, exchange, opened, first, last, restarts, draft, due, attempts, worked_by,
                trace, handoff, handoff_name, handoff_since, handoff_reply, escalation, cool_down, sla, quiet, own_action, sentiment, message_at, wrote_at)
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

-- Silos of the version before call it by this name.
create or replace function fte.commit_conversations(
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
) returns int[] language sql as $$
    select fte.commit_with_traces(p_exchange_trace => null::text[],
        p_customer => p_customer, p_expected => p_expected, p_command => p_command, p_epoch => p_epoch,
        p_last_sequence => p_last_sequence, p_decided_through => p_decided_through, p_exchange => p_exchange,
        p_exchange_opened => p_exchange_opened, p_exchange_first => p_exchange_first, p_exchange_last => p_exchange_last,
        p_exchange_restarts => p_exchange_restarts, p_exchange_draft => p_exchange_draft, p_exchange_due => p_exchange_due,
        p_exchange_attempts => p_exchange_attempts, p_worked_by => p_worked_by, p_handoff => p_handoff,
        p_handoff_name => p_handoff_name, p_handoff_since => p_handoff_since, p_handoff_reply => p_handoff_reply,
        p_escalation => p_escalation, p_cool_down => p_cool_down, p_sla => p_sla, p_quiet => p_quiet, p_own_action => p_own_action,
        p_sentiment => p_sentiment, p_message_at => p_message_at, p_wrote_at => p_wrote_at, p_seen => p_seen, m_customer => m_customer,
        m_sequence => m_sequence, m_id => m_id, m_author => m_author, m_operator => m_operator, m_operator_name => m_operator_name,
        m_kind => m_kind, m_text => m_text, m_at => m_at, m_channel => m_channel, m_ticket => m_ticket, m_citations => m_citations,
        m_footer => m_footer, m_sentiment => m_sentiment, m_notice => m_notice, m_channel_message => m_channel_message,
        m_rule => m_rule, m_model => m_model, m_exchange => m_exchange, p_tickets => p_tickets, p_escalations => p_escalations,
        p_outbox => p_outbox)
$$;

-- As before (0003), with where it was decided: new things to send, each in the next place of its conversation and destination. The conversation's row is held by the commit, so
-- nobody else counts at the same time.
create or replace function fte.write_outbox(p_outbox jsonb, p_except uuid[], p_now timestamptz) returns void language plpgsql as $$
declare
    v_customers uuid[];
begin
    with written as (
        insert into fte.outbox (id, customer_id, destination, sequence, payload, created_at, due_at, trace)
        select item.id, item.customer_id, item.destination,
            coalesce((select max(o.sequence) from fte.outbox o where o.customer_id = item.customer_id and o.destination = item.destination), 0)
                + row_number() over (partition by item.customer_id, item.destination order by item.place),
            item.payload, item.created_at, p_now, item.trace
        from jsonb_to_recordset(p_outbox) as item (customer_id uuid, id uuid, destination text, payload text, created_at timestamptz, place int, trace text)
        where p_except is null or item.customer_id <> all (p_except)
        returning customer_id)
    select array_agg(distinct customer_id) into v_customers from written;
    perform fte.derive_deliveries(v_customers);
end $$;
