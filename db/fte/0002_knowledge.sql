-- The knowledge in versions. A version is written in one transaction that ends by giving it its number; readers take the highest.

create table fte.knowledge_versions (
    id            bigint       generated always as identity primary key,
    number        bigint       unique,
    published_at  timestamptz
);

create table fte.knowledge_documents (
    version_id  bigint       not null references fte.knowledge_versions (id) on delete cascade,
    id          text         not null collate "C",
    title       text         not null,
    text        text         not null,
    changed_at  timestamptz  not null,
    category    text,
    url         text,
    primary key (version_id, id)
);

create table fte.knowledge_chunks (
    version_id   bigint   not null,
    id           text     not null collate "C",
    document_id  text     not null collate "C",
    place        integer  not null,
    heading      text     not null,
    text         text     not null,
    vector       real[],                          -- Plain numbers: they are kept and searched in memory where pgvector is missing.
    embedder     text,                            -- Who made the vector; vectors of two embedders are never compared.
    primary key (version_id, id),
    foreign key (version_id, document_id) references fte.knowledge_documents (version_id, id) on delete cascade
);

create index knowledge_chunks_in_order on fte.knowledge_chunks (version_id, document_id, place);

-- Where pgvector is installed, a version's vectors also lie in a table of their own, fte.knowledge_vectors_<id>, with an HNSW index:
-- a search never meets the vectors of another version, and an old version goes by dropping its table. The extension is no part of the
-- schema: it may be missing, come later or go, and all that uses it is in the functions below, which are run with their owner's rights,
-- so that a silo's own role needs no right to make tables. Nothing in them depends on the search path or on where the extension lives.
create table fte.knowledge_vector_tables (
    version_id  bigint   not null primary key references fte.knowledge_versions (id) on delete cascade,
    embedder    text     not null,
    dimensions  integer  not null
);

-- The extension's version, or null where it is missing or older than 0.8, which cannot search within a category.
create function fte.pgvector() returns text language sql stable set search_path = pg_catalog, pg_temp as $$
    select extversion from pg_extension
    where extname = 'vector' and (string_to_array(regexp_replace(extversion, '[^0-9.].*', ''), '.'))[1:2]::integer[] >= array[0, 8]
$$;

-- Makes the extension where the server has its files and this role may; a server without it is no failure.
create function fte.install_pgvector() returns text language plpgsql as $$
begin
    begin
        create extension if not exists vector;
    exception when others then
        raise notice 'pgvector cannot be installed: %', sqlerrm;
    end;
    return fte.pgvector();
end $$;

-- Makes a version's table and index, unless it has one or has no vectors of one kind. Says whether it has one now.
create function fte.index_vectors(version bigint) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    place text := (select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'vector');
    kinds bigint;
    who   text;
    size  integer;
    kind  text;
begin
    if fte.pgvector() is null then
        return false;
    end if;
    -- Silos that start together would all build the same.
    perform pg_advisory_xact_lock(x'66746500000003'::bigint);
    if exists (select from fte.knowledge_vector_tables where version_id = version) then
        return true;
    end if;
    select count(distinct (embedder, array_length(vector, 1))), min(embedder), min(array_length(vector, 1)) into kinds, who, size
        from fte.knowledge_chunks where version_id = version and vector is not null;
    -- An index holds 2,000 numbers at full length, or 4,000 at half of it.
    if kinds <> 1 or who is null or size is null or size > 4000 then
        return false;
    end if;
    kind := case when size <= 2000 then 'vector' else 'halfvec' end;

    begin
        execute format('create table fte.knowledge_vectors_%s (chunk integer not null, category text, v %I.%I(%s) not null)', version, place, kind, size);
        -- A chunk's number is its place in the version as it is loaded.
        execute format($sql$
            insert into fte.knowledge_vectors_%1$s
            select c.number, d.category, c.vector::%2$I.%3$I
            from (select document_id, vector, row_number() over (order by document_id, place) - 1 as number from fte.knowledge_chunks where version_id = %1$s) c
            join fte.knowledge_documents d on d.version_id = %1$s and d.id = c.document_id
            where c.vector is not null
            $sql$, version, place, kind);
        -- Pages that are much alike lie close together; with fewer candidates while it is built, they would be linked among themselves only.
        execute format('create index on fte.knowledge_vectors_%s using hnsw (v %I.%I) with (ef_construction = 200)', version, place, kind || '_cosine_ops');
        execute format('analyze fte.knowledge_vectors_%s', version);
        insert into fte.knowledge_vector_tables values (version, who, size);
    exception when others then
        -- The version is whole without it: its vectors are searched in memory.
        raise warning 'the vectors of version % could not be indexed: %', version, sqlerrm;
        return false;
    end;
    return true;
end $$;

-- The nearest chunks of one version by cosine, best first; of some categories only, where they are given.
create function fte.nearest_chunks(version bigint, question real[], wanted integer, categories text[]) returns table (chunk integer, cosine real)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    place text := (select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'vector');
    kind  text := (select case when dimensions <= 2000 then 'vector' else 'halfvec' end from fte.knowledge_vector_tables where version_id = version);
begin
    -- For this transaction only. An index scan gives no more than it keeps in view; with a category it goes on until there are enough.
    perform set_config('hnsw.ef_search', least(greatest(wanted, 40), 1000)::text, true);
    perform set_config('hnsw.iterative_scan', case when categories is null then 'off' else 'strict_order' end, true);
    return query execute format($sql$
        select chunk, (1 - (v operator(%1$I.<=>) $1::%1$I.%2$I))::real from fte.knowledge_vectors_%3$s
        where %4$s
        order by v operator(%1$I.<=>) $1::%1$I.%2$I limit $2
        $sql$, place, kind, version, case when categories is null then 'true' else 'category = any ($3)' end)
        using question, wanted, categories;
end $$;

-- The sum of a version's vectors for each category: a question's product with it tells how near the average chunk is.
create function fte.vector_sums(version bigint) returns table (category text, total real[], chunks bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    place text := (select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'vector');
begin
    return query execute format('select category, %1$I.sum(v::%1$I.vector)::real[], count(*) from fte.knowledge_vectors_%2$s group by category', place, version);
end $$;

-- The current version and the one before stay: a silo may still be searching that.
create function fte.remove_old_knowledge() returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    old bigint;
begin
    for old in select id from fte.knowledge_versions where number < (select max(number) - 1 from fte.knowledge_versions) loop
        execute format('drop table if exists fte.knowledge_vectors_%s', old);
        delete from fte.knowledge_versions where id = old;
    end loop;
end $$;
