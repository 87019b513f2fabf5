-- What is told of the knowledge beside its versions. Silos of the version before read and write none of this.

-- Which documents a version has otherwise than the one numbered before it; none where an import published it, and then it is to be read
-- whole. Known by the number, and so for longer than the version itself: a silo may have missed a few.
create table fte.knowledge_changes (
    number       bigint  not null,
    document_id  text    not null collate "C",
    primary key (number, document_id)
);

-- Whose doubtful places have been worked out.
create table fte.knowledge_flagged (
    version_id  bigint       not null primary key references fte.knowledge_versions (id) on delete cascade,
    at          timestamptz  not null
);

-- The doubtful places themselves. They go with a page that they name, so that nothing of an erased one is left.
create table fte.knowledge_flags (
    version_id         bigint   not null references fte.knowledge_flagged (version_id) on delete cascade,
    place              integer  not null,
    kind               text     not null,
    document_id        text     not null collate "C",
    chunk_id           text,
    sentence           text,
    other_document_id  text     collate "C",
    other_chunk_id     text,
    other_sentence     text,
    is_open            boolean  not null,
    primary key (version_id, place),
    foreign key (version_id, document_id) references fte.knowledge_documents (version_id, id) on delete cascade,
    foreign key (version_id, other_document_id) references fte.knowledge_documents (version_id, id) on delete cascade
);

create index knowledge_flags_of_document on fte.knowledge_flags (version_id, document_id);
create index knowledge_flags_of_other on fte.knowledge_flags (version_id, other_document_id);
