-- Work that one silo of the fleet does, once. Silos of the version before know none of it.

create table fte.jobs (
    name           text         not null primary key,
    claim_id       uuid         not null,      -- Of whoever had it last.
    claimed_until  timestamptz  not null,
    done_at        timestamptz
);

create index jobs_done on fte.jobs (done_at) where done_at is not null;
