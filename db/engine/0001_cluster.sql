-- What the built-in grain engine keeps in Postgres: who is in a cluster, and the state of small grains.
-- docs/engine/membership.md tells how the rows of members are used.
--
-- This file is never changed once released: its checksum is kept with the record, and a difference stops the migration.

-- Asked for first: the right to make schemas is needed only where this one is missing.
do $$ begin
    if to_regnamespace('engine') is null then create schema engine; end if;
end $$;

-- One row for each cluster. Whoever changes the set of its members or their status locks it first, so that the version and the
-- members always move together, and two who change it at once wait for each other. Renewals only read it.
create table engine.clusters (
    id               text     not null primary key,
    version          bigint   not null,   -- Rises with every such change; never by a renewal.
    last_generation  integer  not null    -- Each incarnation gets a greater one: seconds since 2022 where that is more.
);

create table engine.members (
    cluster_id   text         not null references engine.clusters (id) on delete cascade,
    endpoint     text         not null,   -- ip:port, where the others reach it. One process at a time can listen there.
    generation   integer      not null,   -- Which incarnation of it.
    name         text         not null,
    status       text         not null check (status in ('joining', 'active', 'leaving')),
    lease        interval     not null check (lease > interval '0'),
    lease_until  timestamptz  not null,   -- On this database's clock, by which alone leases are judged.
    started_at   timestamptz  not null,
    primary key (cluster_id, endpoint)
)
-- Each row is written twice a second and never grows: room on its page keeps it there, and the few dead rows are soon cleared away.
with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

-- The state that grains keep by IPersistentState.
create table engine.grain_state (
    service_id   text         not null,
    storage      text         not null,   -- The name of the storage, as the grain asks for it.
    grain_type   text         not null,
    grain_key    text         not null collate "C",
    state_name   text         not null,
    version      bigint       not null check (version > 0),
    state        bytea,                   -- Null: cleared. The version stays, so that who holds an older one still writes nothing.
    written_at   timestamptz  not null default now(),
    primary key (service_id, storage, grain_type, grain_key, state_name)
);
