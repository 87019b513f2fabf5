-- What is learned. db/fte/0013_learning.sql says what each table is for.

create index tickets_resolved on tickets (resolution_at) where resolution_by = 'operator';

create table studied_tickets (
    ticket_id    text    not null primary key references tickets (id) on delete cascade,
    customer_id  blob    not null references customers (id) on delete cascade,
    studied_at   integer not null
) strict;

create index studied_tickets_of_customer on studied_tickets (customer_id);

create table articles (
    id           text    not null primary key,
    customer_id  blob    not null references customers (id) on delete cascade,
    ticket_id    text    not null unique references tickets (id) on delete cascade,
    question     text    not null,
    answer       text    not null,
    status       text    not null,
    revision     integer not null check (revision > 0),
    proposed_at  integer not null,
    changed_at   integer not null,
    changed_by   text
) strict;

create index articles_of_customer on articles (customer_id);
create index articles_by_status on articles (status, id);

create table article_revisions (
    article_id   text    not null references articles (id) on delete cascade,
    revision     integer not null,
    customer_id  blob    not null references customers (id) on delete cascade,
    question     text    not null,
    answer       text    not null,
    status       text    not null,
    at           integer not null,
    made_by      text,
    primary key (article_id, revision)
) strict;

create index article_revisions_of_customer on article_revisions (customer_id);

create table feedback (
    message_id   blob    not null primary key,
    customer_id  blob    not null references customers (id) on delete cascade,
    sequence     integer not null,
    helpful      integer not null check (helpful in (0, 1)),
    at           integer not null
) strict;

create index feedback_of_customer on feedback (customer_id);
create index feedback_at on feedback (at);

create table gaps (
    day        text    not null,
    number     integer not null,
    terms      text    not null,               -- JSON.
    people     integer not null,
    messages   integer not null,
    primary key (day, number)
) strict;

create table gap_messages (
    day          text    not null,
    number       integer not null,
    customer_id  blob    not null references customers (id) on delete cascade,
    sequence     integer not null,
    message_id   blob    not null,
    primary key (day, number, message_id),
    foreign key (day, number) references gaps (day, number) on delete cascade
) strict;

create index gap_messages_of_customer on gap_messages (customer_id);

-- However a version is published: it holds nothing that was erased while it was being made.
create trigger knowledge_versions_published after update of number on knowledge_versions when new.number is not null
begin
    delete from knowledge_chunks
    where version_id = new.id and document_id >= 'learned/' and document_id < 'learned0'
        and length(document_id) = 40 and substr(document_id, 9) not glob '*[^0-9a-f]*'
        and not exists (select 1 from articles a where a.id = substr(document_id, 9));
    delete from knowledge_documents
    where version_id = new.id and id >= 'learned/' and id < 'learned0'
        and length(id) = 40 and substr(id, 9) not glob '*[^0-9a-f]*'
        and not exists (select 1 from articles a where a.id = substr(knowledge_documents.id, 9));
end;
