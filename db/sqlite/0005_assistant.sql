-- The assistant with a model: what it costs.

create table model_calls (
    id             blob    not null primary key,
    customer_id    blob    not null references customers (id) on delete cascade,
    exchange_id    blob    not null,
    at             integer not null,
    model          text    not null,
    prompt         text    not null,
    calls          integer not null,
    input_tokens   integer not null,
    cached_tokens  integer not null,
    output_tokens  integer not null,
    cost_micros    integer not null,
    took_ms        integer not null,
    outcome        text    not null
) strict;

create index model_calls_of_customer on model_calls (customer_id, at);
create index model_calls_by_time on model_calls (at);

-- What was spent and is reserved on a day: by each customer, and under no customer's id (zero) by all.
create table model_spend (
    day          integer not null,
    customer_id  blob    not null,
    micros       integer not null,
    primary key (day, customer_id)
) strict;

create index model_spend_of_customer on model_spend (customer_id);
