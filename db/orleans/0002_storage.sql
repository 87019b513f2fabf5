-- The state of small grains, as Orleans' ADO.NET storage writes it. A version stands beside each state: whoever writes upon an older
-- one than the stored is told so by an answer without rows, and Orleans throws InconsistentStateException.

create table orleans.storage (
    service_id              text         not null,
    grain_type_hash         integer      not null,
    grain_type_string       text         not null,
    grain_id_hash           integer      not null,
    grain_id_n0             bigint       not null,
    grain_id_n1             bigint       not null,
    -- The key of a grain that has a text for a key; null for one that has a number or a GUID.
    grain_id_extension      text,
    payload                 bytea,
    version                 integer      not null,
    modified_at             timestamptz  not null default clock_timestamp(),
    -- The hashes first, since they tell rows apart at once. Two activations of one grain can't both make its first row.
    constraint storage_is_one_row_per_grain unique nulls not distinct
        (grain_id_hash, grain_type_hash, grain_id_n0, grain_id_n1, grain_id_extension, grain_type_string, service_id)
);

insert into public.orleansquery (querykey, querytext) values
('ReadFromStorageKey', $query$
    select payload as PayloadBinary, version as Version
    from orleans.storage
    where grain_id_hash = @GrainIdHash and grain_type_hash = @GrainTypeHash
        and grain_id_n0 = @GrainIdN0 and grain_id_n1 = @GrainIdN1
        and grain_id_extension is not distinct from @GrainIdExtensionString
        and grain_type_string = @GrainTypeString and service_id = @ServiceId
$query$),

-- The first write has no version and makes the row; a later one names the version that it read.
('WriteToStorageKey', $query$
    with made as (
        insert into orleans.storage
            (service_id, grain_type_hash, grain_type_string, grain_id_hash, grain_id_n0, grain_id_n1, grain_id_extension, payload, version)
        select @ServiceId, @GrainTypeHash, @GrainTypeString, @GrainIdHash, @GrainIdN0, @GrainIdN1, @GrainIdExtensionString, @PayloadBinary, 1
        where @GrainStateVersion is null
        on conflict do nothing
        returning version),
    changed as (
        update orleans.storage
        set payload = @PayloadBinary, version = version + 1, modified_at = clock_timestamp()
        where grain_id_hash = @GrainIdHash and grain_type_hash = @GrainTypeHash
            and grain_id_n0 = @GrainIdN0 and grain_id_n1 = @GrainIdN1
            and grain_id_extension is not distinct from @GrainIdExtensionString
            and grain_type_string = @GrainTypeString and service_id = @ServiceId
            and version = @GrainStateVersion
        returning version)
    select version as NewGrainStateVersion from made
    union all
    select version from changed
$query$),

-- Cleared, not removed: the version lives on.
('ClearStorageKey', $query$
    update orleans.storage
    set payload = null, version = version + 1, modified_at = clock_timestamp()
    where grain_id_hash = @GrainIdHash and grain_type_hash = @GrainTypeHash
        and grain_id_n0 = @GrainIdN0 and grain_id_n1 = @GrainIdN1
        and grain_id_extension is not distinct from @GrainIdExtensionString
        and grain_type_string = @GrainTypeString and service_id = @ServiceId
        and version = @GrainStateVersion
    returning version as NewGrainStateVersion
$query$),

('DeleteStorageKey', $query$
    delete from orleans.storage
    where grain_id_hash = @GrainIdHash and grain_type_hash = @GrainTypeHash
        and grain_id_n0 = @GrainIdN0 and grain_id_n1 = @GrainIdN1
        and grain_id_extension is not distinct from @GrainIdExtensionString
        and grain_type_string = @GrainTypeString and service_id = @ServiceId
        and version = @GrainStateVersion
    returning version + 1 as NewGrainStateVersion
$query$);
