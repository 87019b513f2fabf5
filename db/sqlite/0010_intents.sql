-- The classifier of intents. db/fte/0016_intents.sql says what each table is for.

create table intents (
    only_one     integer not null primary key check (only_one = 1),
    number       integer not null,
    format       integer not null,
    fingerprint  text    not null,
    labels       integer not null,
    examples     integer not null,
    kept_at      integer not null,
    classifier   blob,
    check ((format > 0) = (classifier is not null))
) strict;

create table intent_articles (
    article_id  text     not null primary key references articles (id) on delete cascade
) strict, without rowid;

create trigger intent_articles_erased after delete on intent_articles
begin
    update intents set number = number + 1, format = 0, fingerprint = '', labels = 0, examples = 0, classifier = null where classifier is not null;
end;
