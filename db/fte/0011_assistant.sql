-- The assistant with a model: what it costs. Silos of the version before read and write none of this.

-- What models did for an exchange. Written after the draft and before its answer; a draft that is dropped has cost money all the same.
create table fte.model_calls (
    id             uuid         not null primary key,
    customer_id    uuid         not null references fte.customers (id) on delete cascade,
    exchange_id    uuid         not null,
    at             timestamptz  not null,
    model          text         not null,
    prompt         text         not null,
    calls          integer      not null,
    input_tokens   bigint       not null,
    cached_tokens  bigint       not null,
    output_tokens  bigint       not null,
    cost_micros    bigint       not null,  -- Millionths of the currency in which prices are set.
    took_ms        bigint       not null,
    outcome        text         not null
);

create index model_calls_of_customer on fte.model_calls (customer_id, at);
create index model_calls_by_time on fte.model_calls using brin (at);

-- What was spent and is reserved on a day: by each customer, and under no customer's id (zero) by all.
create table fte.model_spend (
    day          timestamptz  not null,    -- The day's beginning in UTC.
    customer_id  uuid         not null,
    micros       bigint       not null,
    primary key (day, customer_id)
);

create index model_spend_of_customer on fte.model_spend (customer_id);

-- Takes an amount out of one budget of a day. A limit of 0 is none.
create function fte.take_from_budget(p_day timestamptz, p_customer uuid, p_micros bigint, p_limit bigint) returns boolean language plpgsql as $$
begin
    if p_limit > 0 and p_micros > p_limit then
        return false;
    end if;
    insert into fte.model_spend as s (day, customer_id, micros) values (p_day, p_customer, p_micros)
    on conflict (day, customer_id) do update set micros = s.micros + excluded.micros
    where p_limit = 0 or s.micros + excluded.micros <= p_limit;
    return found;
end $$;

-- Reserves: for all first, then for the customer, so that nobody waits in a circle. Its commit does not wait for the disk: all drafts of all silos
-- take turns at the first row. A crash of the database may give a moment's reservations back.
create function fte.reserve_spend(p_customer uuid, p_micros bigint, p_limit bigint, p_customer_limit bigint) returns timestamptz language plpgsql as $$
declare
    c_all constant uuid := '00000000-0000-0000-0000-000000000000';
    v_day constant timestamptz := date_trunc('day', fte.now(), 'UTC');
begin
    perform set_config('synchronous_commit', 'off', true);
    if not fte.take_from_budget(v_day, c_all, p_micros, p_limit) then
        return null;
    end if;
    if not fte.take_from_budget(v_day, p_customer, p_micros, p_customer_limit) then
        update fte.model_spend set micros = micros - p_micros where day = v_day and customer_id = c_all;
        return null;
    end if;
    return v_day;
end $$;

-- Notes a call, and puts its cost in the place of what was reserved on that day.
create function fte.note_model_call(
    p_id uuid, p_customer uuid, p_exchange uuid, p_model text, p_prompt text, p_calls int, p_input bigint, p_cached bigint, p_output bigint, p_cost bigint,
    p_took_ms bigint, p_outcome text, p_day timestamptz, p_reserved bigint
) returns void language plpgsql as $$
declare
    c_all constant uuid := '00000000-0000-0000-0000-000000000000';
    v_now constant timestamptz := fte.now();
    v_day constant timestamptz := coalesce(p_day, date_trunc('day', v_now, 'UTC'));
begin
    perform set_config('synchronous_commit', 'off', true);
    insert into fte.model_calls (id, customer_id, exchange_id, at, model, prompt, calls, input_tokens, cached_tokens, output_tokens, cost_micros, took_ms, outcome)
    select p_id, c.id, p_exchange, v_now, p_model, p_prompt, p_calls, p_input, p_cached, p_output, p_cost, p_took_ms, p_outcome
    from fte.customers c where c.id = p_customer
    on conflict (id) do nothing;
    -- What costs nothing takes no turn at the row of all.
    if not found or p_cost = p_reserved then
        return;
    end if;
    insert into fte.model_spend as s (day, customer_id, micros) values (v_day, c_all, p_cost - p_reserved)
    on conflict (day, customer_id) do update set micros = s.micros + excluded.micros;
    insert into fte.model_spend as s (day, customer_id, micros) values (v_day, p_customer, p_cost - p_reserved)
    on conflict (day, customer_id) do update set micros = s.micros + excluded.micros;
end $$;

create or replace function fte.forget_what_is_over(p_limit int) returns void language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off
as $$
declare
    c_brought constant interval := '7 days';     -- As long as anything may bring a message again.
    c_counted constant interval := '1 day';      -- As long as codes are counted.
    c_accounts constant interval := '400 days';  -- As long as the accounts of models are kept.
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
    delete from fte.model_spend where ctid = any (array(
        select ctid from fte.model_spend where day <= v_now - c_accounts order by day limit p_limit for update skip locked));
    delete from fte.model_calls where ctid = any (array(
        select ctid from fte.model_calls where at <= v_now - c_accounts limit p_limit for update skip locked));
end $$;
