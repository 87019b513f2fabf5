-- What is told of the knowledge beside its versions. The version before reads and writes none of this.

-- Which documents a version has otherwise than the one numbered before it; none where an import published it, and then it is to be read
-- whole. Known by the number, and so for longer than the version itself.
create table knowledge_changes (
    number       integer not null,
    document_id  text    not null,
    primary key (number, document_id)
) strict, without rowid;

-- Whose doubtful places have been worked out.
create table knowledge_flagged (
    version_id  integer not null primary key references knowledge_versions (id) on delete cascade,
    at          integer not null
) strict;

-- The doubtful places themselves. They go with a page that they name, so that nothing of an erased one is left.
create table knowledge_flags (
    version_id         integer not null references knowledge_flagged (version_id) on delete cascade,
    place              integer not null,
    kind               text    not null,
    document_id        text    not null,
    chunk_id           text,
    sentence           text,
    other_document_id  text,
    other_chunk_id     text,
    other_sentence     text,
    is_open            integer not null,
    primary key (version_id, place),
    foreign key (version_id, document_id) references knowledge_documents (version_id, id) on delete cascade,
    foreign key (version_id, other_document_id) references knowledge_documents (version_id, id) on delete cascade
) strict;

create index knowledge_flags_of_document on knowledge_flags (version_id, document_id);
create index knowledge_flags_of_other on knowledge_flags (version_id, other_document_id);
