-- The reports of days that are over.

-- One for each day, and the first one stands. A day is one where the business is: data tells in which time zone, and when it began and ended.
-- It holds numbers alone, so nothing in it is erased with a customer.
create table daily_reports (
    day      text    not null primary key,  -- Such as 2026-01-31.
    made_at  integer not null,
    data     text    not null               -- JSON.
) strict;
