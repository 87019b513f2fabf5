-- Work that is done once, also over restarts.

create table jobs (
    name           text    not null primary key,
    claim_id       blob    not null,
    claimed_until  integer not null,
    done_at        integer
) strict;

create index jobs_done on jobs (done_at) where done_at is not null;
