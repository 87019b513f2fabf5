-- The reports of days that are over. Silos of the version before read and write none of them.

-- One for each day, and the first one stands. A day is one where the business is: data tells in which time zone, and when it began and ended.
-- It holds numbers alone, so nothing in it is erased with a customer.
create table fte.daily_reports (
    day      date         not null primary key,
    made_at  timestamptz  not null,
    data     jsonb        not null
);
