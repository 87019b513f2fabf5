-- Finds the customer who owns a proved identifier, or makes one: insert-or-get in one round trip, whoever else asks at the same moment.
-- An empty name and a missing address are filled from what is known now; what was known stays.
create function fte.resolve_customer(
    p_new uuid, p_kind text, p_value text, p_value_folded text, p_name text, p_name_folded text, p_email text, p_email_folded text
) returns uuid language plpgsql as $$
declare
    v_now constant timestamptz := fte.now();
    v_owner uuid;
begin
    select customer_id into v_owner from fte.identifiers where kind = p_kind and value = p_value and proved;
    if v_owner is null then
        insert into fte.customers (id, name, name_folded, created_at, seen_minute) values (p_new, '', '', v_now, date_bin('1 minute', v_now, 'epoch'));
        insert into fte.identifiers (customer_id, kind, value, value_folded, proved, noted_at) values (p_new, p_kind, p_value, p_value_folded, true, v_now)
        on conflict (kind, value) where proved do nothing;
        if found then
            v_owner := p_new;
        else
            -- Somebody else was faster, and has committed: that is what the conflict waited for.
            delete from fte.customers where id = p_new;
            select customer_id into strict v_owner from fte.identifiers where kind = p_kind and value = p_value and proved;
        end if;
    end if;

    -- Someone known who brings nothing new is not written.
    if not exists (
        select 1 from fte.customers c where c.id = v_owner and (
            (p_name <> '' and c.name = '')
            or (p_email is not null and not exists (select 1 from fte.identifiers i where i.customer_id = v_owner and i.kind = 'email'))))
    then
        return v_owner;
    end if;

    -- Two who both bring the first address take turns here.
    perform 1 from fte.customers where id = v_owner for no key update;
    update fte.customers set name = p_name, name_folded = p_name_folded where id = v_owner and name = '' and p_name <> '';
    insert into fte.identifiers (customer_id, kind, value, value_folded, proved, noted_at)
    select v_owner, 'email', p_email, p_email_folded, false, v_now
    where p_email is not null and not exists (select 1 from fte.identifiers i where i.customer_id = v_owner and i.kind = 'email');
    return v_owner;
end $$;
