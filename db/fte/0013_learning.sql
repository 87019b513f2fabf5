-- What is learned: articles out of resolved tickets, what customers think of answers, and what the documents lack. Silos of the version before read and
-- write none of it. No times of a customer's are kept here that their own tables do not hold.

-- For whoever looks for tickets to learn from.
create index tickets_resolved on fte.tickets (resolution_at) where resolution_by = 'operator';

-- The tickets that were looked at, whether or not anything was proposed: each is looked at once.
create table fte.studied_tickets (
    ticket_id    text         not null primary key references fte.tickets (id) on delete cascade,
    customer_id  uuid         not null references fte.customers (id) on delete cascade,
    studied_at   timestamptz  not null
);

create index studied_tickets_of_customer on fte.studied_tickets (customer_id);

-- A question and its answer. Ids are 32 hexadecimal digits and rise with time; an approved one is the document learned/ID.
create table fte.articles (
    id           text         not null primary key collate "C",
    customer_id  uuid         not null references fte.customers (id) on delete cascade,
    ticket_id    text         not null unique references fte.tickets (id) on delete cascade,
    question     text         not null,
    answer       text         not null,
    status       text         not null,
    revision     integer      not null check (revision > 0),
    proposed_at  timestamptz  not null,
    changed_at   timestamptz  not null,
    changed_by   text                           -- The operator's name; none while it is as it was proposed.
);

create index articles_of_customer on fte.articles (customer_id);
create index articles_by_status on fte.articles (status, id);

-- An article as it was after each act, the last one included.
create table fte.article_revisions (
    article_id   text         not null collate "C" references fte.articles (id) on delete cascade,
    revision     integer      not null,
    customer_id  uuid         not null references fte.customers (id) on delete cascade,
    question     text         not null,
    answer       text         not null,
    status       text         not null,
    at           timestamptz  not null,
    made_by      text,
    primary key (article_id, revision)
);

create index article_revisions_of_customer on fte.article_revisions (customer_id);

-- What the reader of an answer said last of it.
create table fte.feedback (
    message_id   uuid         not null primary key,
    customer_id  uuid         not null references fte.customers (id) on delete cascade,
    sequence     bigint       not null,         -- The answer's place in this customer's conversation.
    helpful      boolean      not null,
    at           timestamptz  not null
);

create index feedback_of_customer on fte.feedback (customer_id);
create index feedback_at on fte.feedback (at);

-- What was asked on a day (UTC, 2026-11-29) and the documents did not answer, alike with alike. Of the words only those that several customers used.
create table fte.gaps (
    day        text     not null collate "C",
    number     integer  not null,
    terms      text[]   not null,
    people     integer  not null,
    messages   integer  not null,
    primary key (day, number)
);

create table fte.gap_messages (
    day          text     not null collate "C",
    number       integer  not null,
    customer_id  uuid     not null references fte.customers (id) on delete cascade,
    sequence     bigint   not null,
    message_id   uuid     not null,
    primary key (day, number, message_id),
    foreign key (day, number) references fte.gaps (day, number) on delete cascade
);

create index gap_messages_of_customer on fte.gap_messages (customer_id);

-- Takes out of a version the documents whose articles were erased. Its vectors are numbered by their place in the version, so they are indexed anew, by
-- whoever opens it next.
create function fte.drop_unlearned(p_version bigint) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_dropped bigint;
begin
    delete from fte.knowledge_documents d
    where d.version_id = p_version and d.id >= 'learned/' and d.id < 'learned0' and d.id ~ '^learned/[0-9a-f]{32}$'
        and not exists (select from fte.articles a where a.id = substr(d.id, 9));
    get diagnostics v_dropped = row_count;
    if v_dropped > 0 and exists (select from fte.knowledge_vector_tables where version_id = p_version) then
        execute format('drop table if exists fte.knowledge_vectors_%s', p_version);
        delete from fte.knowledge_vector_tables where version_id = p_version;
    end if;
    return v_dropped;
end $$;

-- However a version is published, and by whichever silo: it holds nothing that was erased while it was being made. Whoever publishes has the
-- publishers' lock by then, which an erasure takes as well.
create function fte.publish_nothing_erased() returns trigger language plpgsql as $$
begin
    perform fte.drop_unlearned(new.id);
    return null;
end $$;

create trigger knowledge_versions_published after update of number on fte.knowledge_versions
for each row when (new.number is not null) execute function fte.publish_nothing_erased();

-- Erases what was learned from customers: from theirs, and from what was said in others' conversations while they were one with those. It goes out of
-- every version of the knowledge, and the current one gets a new number, so that every silo reads it again.
create function fte.forget_learned(p_customers uuid[]) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_articles text[] := array(
        select a.id from fte.articles a where a.customer_id = any (p_customers)
        union
        select a.id from fte.hidden_parts part
        join fte.messages m on m.customer_id = part.customer_id and m.sequence > part.after_sequence and m.sequence <= part.through_sequence
        join fte.articles a on a.ticket_id = m.ticket_id
        where part.other_id = any (p_customers));
    v_version bigint;
    v_rows    bigint;
    v_dropped bigint := 0;
begin
    if cardinality(v_articles) = 0 then
        return 0;
    end if;
    perform pg_advisory_xact_lock(x'66746500000002'::bigint);   -- The publishers'.
    delete from fte.article_revisions where article_id = any (v_articles);
    get diagnostics v_rows = row_count;
    delete from fte.articles where id = any (v_articles);
    v_rows := v_rows + cardinality(v_articles);
    for v_version in select id from fte.knowledge_versions loop
        v_dropped := v_dropped + fte.drop_unlearned(v_version);
    end loop;
    if v_dropped > 0 then
        update fte.knowledge_versions set number = number + 1 where number = (select max(number) from fte.knowledge_versions);
    end if;
    return v_rows + v_dropped;
end $$;
