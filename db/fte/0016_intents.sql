-- The classifier of intents that all silos share. Silos of the version before read and write none of it; where one of them erases a customer, the trigger
-- below forgets what was learned from that customer.

-- One row at most. It holds labels, which name documents, and hashes of words.
create table fte.intents (
    only_one     boolean      not null primary key default true check (only_one),
    number       bigint       not null,         -- Rises with whatever becomes of it.
    format       integer      not null,         -- 0 where there is no classifier.
    fingerprint  text         not null,
    labels       integer      not null,
    examples     integer      not null,
    kept_at      timestamptz  not null,
    classifier   bytea,
    check ((format > 0) = (classifier is not null))
);

-- The articles that it has learned from: their questions, and what their customers asked. An erasure deletes all articles that hold anything of a person,
-- those of others' tickets too.
create table fte.intent_articles (
    article_id  text  not null primary key collate "C" references fte.articles (id) on delete cascade
);

-- Nobody can take one person's words out of a classifier: it goes as a whole, and is learned anew from what is left.
create function fte.forget_intents() returns trigger language plpgsql as $$
begin
    update fte.intents set number = number + 1, format = 0, fingerprint = '', labels = 0, examples = 0, classifier = null where classifier is not null;
    return null;
end $$;

create trigger intent_articles_erased after delete on fte.intent_articles
for each row execute function fte.forget_intents();
