-- What was sent is kept for some days. The last item of each destination stays after that, for the next one's number follows from it, but
-- without what it said.
--
-- This file is never changed once released: its checksum is kept with the record, and a difference stops the migration.

alter table outbox add column tidied_at integer;
create index outbox_sent on outbox (sent_at) where sent_at is not null and tidied_at is null;
