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
