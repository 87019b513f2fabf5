-- Who opened a ticket, and what an escalation was raised for. Silos of the version before write neither, and what is known of it stays when they write.

-- A ticket that an operator opened is settled by a person, and not by what is said with the customer.
alter table fte.tickets add column opened_by_operator boolean not null default false;

-- A reason that weighs more takes the place of the one before. What the escalation was raised for is kept here for reports and gaps; null in rows
-- from before, of which only the latest reason is known.
alter table fte.escalations add column first_reason text;
alter table fte.escalations add column first_rule text;

-- As before (0003), with who opened it: that is said once.
create or replace function fte.write_tickets(p_tickets jsonb, p_except uuid[]) returns void language plpgsql as $$
declare
    v_asked int;
    v_written int;
begin
    select count(*) into v_asked from jsonb_to_recordset(p_tickets) as t (customer_id uuid) where p_except is null or t.customer_id <> all (p_except);
    insert into fte.tickets as own (
        customer_id, id, subject, status, category, priority, channel, opened_at, first_response_due, first_response_at, escalated_at,
        resolution_by, resolution_operator_id, resolution_operator_name, resolution_at, resolution_notes, resolution_verified_by,
        resolution_verified_at, closed_at, opened_by_operator)
    select
        t.customer_id, t.id, t.subject, t.status, t.category, t.priority, t.channel, t.opened_at, t.first_response_due, t.first_response_at, t.escalated_at,
        t.resolution_by, t.resolution_operator_id, t.resolution_operator_name, t.resolution_at, t.resolution_notes, t.resolution_verified_by,
        t.resolution_verified_at, t.closed_at, coalesce(t.opened_by_operator, false)
    from jsonb_to_recordset(p_tickets) as t (
        customer_id uuid, id text, subject text, status text, category text, priority text, channel text, opened_at timestamptz,
        first_response_due timestamptz, first_response_at timestamptz, escalated_at timestamptz, resolution_by text, resolution_operator_id uuid,
        resolution_operator_name text, resolution_at timestamptz, resolution_notes text, resolution_verified_by text,
        resolution_verified_at timestamptz, closed_at timestamptz, opened_by_operator boolean)
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

-- As before (0003), with what it was raised for: whoever changes an escalation leaves that alone.
create or replace function fte.write_escalations(p_escalations jsonb, p_except uuid[]) returns void language plpgsql as $$
declare
    v_asked int;
    v_written int;
begin
    select count(*) into v_asked from jsonb_to_recordset(p_escalations) as e (customer_id uuid) where p_except is null or e.customer_id <> all (p_except);
    insert into fte.escalations as own (
        customer_id, id, ticket_id, reason, rule, urgency, route, summary, raised_by, raised_operator_id, raised_operator_name, raised_at,
        ack_due, reminders, acknowledged_by_id, acknowledged_by_name, acknowledged_at, ended_at, first_reason, first_rule)
    select e.*, e.reason, e.rule from jsonb_to_recordset(p_escalations) as e (
        customer_id uuid, id uuid, ticket_id text, reason text, rule text, urgency text, route text, summary text, raised_by text,
        raised_operator_id uuid, raised_operator_name text, raised_at timestamptz, ack_due timestamptz, reminders int,
        acknowledged_by_id uuid, acknowledged_by_name text, acknowledged_at timestamptz, ended_at timestamptz)
    where p_except is null or e.customer_id <> all (p_except)
    on conflict (id) do update set
        ticket_id = excluded.ticket_id, reason = excluded.reason, rule = excluded.rule, urgency = excluded.urgency, route = excluded.route,
        summary = excluded.summary, ack_due = excluded.ack_due, reminders = excluded.reminders,
        acknowledged_by_id = excluded.acknowledged_by_id, acknowledged_by_name = excluded.acknowledged_by_name,
        acknowledged_at = excluded.acknowledged_at, ended_at = excluded.ended_at,
        first_reason = coalesce(own.first_reason, own.reason), first_rule = coalesce(own.first_rule, own.rule)
    where own.customer_id = excluded.customer_id;
    get diagnostics v_written = row_count;
    if v_written < v_asked then
        raise exception 'an escalation belongs to another conversation' using errcode = 'integrity_constraint_violation';
    end if;
end $$;
