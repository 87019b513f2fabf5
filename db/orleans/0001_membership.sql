-- What Microsoft Orleans' ADO.NET providers find when the silos run on Orleans; on the built-in engine nobody reads it.
-- Orleans asks for statements by key (table OrleansQuery, found by its bare name, so it is in public), and gives them parameters and
-- reads columns by names that are part of its contract: those names are written here as Orleans writes them. All else is ours and has
-- a schema of its own. Each statement is one statement, so each is one transaction and one round trip, through a pooler too.

create table public.orleansquery (
    querykey   text  not null primary key,
    querytext  text  not null
);

-- One row for each cluster: its version moves with every change of a member, and a change made upon an older version is refused.
create table orleans.membership_version (
    deployment_id  text         not null primary key,
    version        integer      not null default 0,
    changed_at     timestamptz  not null default clock_timestamp()
);

-- One row for each run of a silo. Its status is Orleans' number: 1 created, 2 joining, 3 active, 4 shutting down, 5 stopping, 6 dead.
create table orleans.membership (
    deployment_id    text         not null,
    address          text         not null,
    port             integer      not null,
    generation       integer      not null,
    silo_name        text         not null,
    host_name        text         not null,
    status           integer      not null,
    proxy_port       integer,
    suspect_times    text,
    start_time       timestamptz  not null,
    i_am_alive_time  timestamptz  not null,
    primary key (deployment_id, address, port, generation)
);

insert into public.orleansquery (querykey, querytext) values
-- True for the silo that made the row.
('InsertMembershipVersionKey', $query$
    with made as (
        insert into orleans.membership_version (deployment_id) values (@DeploymentId)
        on conflict do nothing
        returning 1)
    select exists (select from made)
$query$),

-- True where the version was the caller's and the silo is new. Whoever moves the version holds its row, so of two that try at the same
-- time the second finds another version than its own.
('InsertMembershipKey', $query$
    with moved as (
        update orleans.membership_version
        set version = version + 1, changed_at = clock_timestamp()
        where deployment_id = @DeploymentId and version = @Version
            and not exists (
                select from orleans.membership
                where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation)
        returning deployment_id),
    made as (
        insert into orleans.membership
            (deployment_id, address, port, generation, silo_name, host_name, status, proxy_port, start_time, i_am_alive_time)
        select deployment_id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
        from moved
        returning 1)
    select exists (select from made)
$query$),

-- True where the version was the caller's and the silo is there.
('UpdateMembershipKey', $query$
    with moved as (
        update orleans.membership_version
        set version = version + 1, changed_at = clock_timestamp()
        where deployment_id = @DeploymentId and version = @Version
            and exists (
                select from orleans.membership
                where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation)
        returning deployment_id),
    changed as (
        update orleans.membership as silo
        set status = @Status, suspect_times = @SuspectTimes, i_am_alive_time = @IAmAliveTime
        from moved
        where silo.deployment_id = moved.deployment_id
            and silo.address = @Address and silo.port = @Port and silo.generation = @Generation
        returning 1)
    select exists (select from changed)
$query$),

-- A sign of life moves no version: it is no change of the cluster.
('UpdateIAmAlivetimeKey', $query$
    update orleans.membership
    set i_am_alive_time = @IAmAliveTime
    where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation
$query$),

-- A cluster without silos still has its version: one row, with nulls for the silo.
('MembershipReadAllKey', $query$
    select cluster.version as Version, silo.address as Address, silo.port as Port, silo.generation as Generation,
        silo.silo_name as SiloName, silo.host_name as HostName, silo.status as Status, silo.proxy_port as ProxyPort,
        silo.suspect_times as SuspectTimes, silo.start_time as StartTime, silo.i_am_alive_time as IAmAliveTime
    from orleans.membership_version as cluster
    left join orleans.membership as silo using (deployment_id)
    where cluster.deployment_id = @DeploymentId
$query$),

('MembershipReadRowKey', $query$
    select cluster.version as Version, silo.address as Address, silo.port as Port, silo.generation as Generation,
        silo.silo_name as SiloName, silo.host_name as HostName, silo.status as Status, silo.proxy_port as ProxyPort,
        silo.suspect_times as SuspectTimes, silo.start_time as StartTime, silo.i_am_alive_time as IAmAliveTime
    from orleans.membership_version as cluster
    left join orleans.membership as silo
        on silo.deployment_id = cluster.deployment_id
        and silo.address = @Address and silo.port = @Port and silo.generation = @Generation
    where cluster.deployment_id = @DeploymentId
$query$),

('GatewaysQueryKey', $query$
    select address as Address, proxy_port as ProxyPort, generation as Generation
    from orleans.membership
    where deployment_id = @DeploymentId and status = @Status and proxy_port > 0
$query$),

-- The dead alone: a silo that is joining or leaving must still be seen by the others.
('CleanupDefunctSiloEntriesKey', $query$
    delete from orleans.membership
    where deployment_id = @DeploymentId and status = 6 and i_am_alive_time < @IAmAliveTime
$query$),

('DeleteMembershipTableEntriesKey', $query$
    with gone as (
        delete from orleans.membership where deployment_id = @DeploymentId)
    delete from orleans.membership_version where deployment_id = @DeploymentId
$query$);
