-- Whoever merges and whoever commits hold the same conversations in the same order: first those that begin, then those that are there, each in
-- order of customer. A commit of several inserts the new ones before it holds anything (0007); where a merge held an old one and then waited for
-- a new one (0009), the two could wait for each other.
create or replace function fte.hold_conversations(p_customers uuid[]) returns void language plpgsql as $$
begin
    insert into fte.conversations (customer_id, version, epoch, last_sequence)
    select distinct asked.customer, 0, 0, 0 from unnest(p_customers) as asked (customer) order by asked.customer
    on conflict do nothing;
    perform 1 from fte.conversations where customer_id = any (p_customers) order by customer_id for no key update;
end $$;
