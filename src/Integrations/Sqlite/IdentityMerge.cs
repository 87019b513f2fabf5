using FteAgent.Customers;

namespace FteAgent.Sqlite;

/// <summary>Merges two customers and parts them again, as <c>db/fte/0009_identity.sql</c> does in a database.</summary>
internal static class IdentityMerge
{
    /// <summary>A person has the conversation, or the customer awaits one.</summary>
    private const int HasPerson = 2;

    public static MergeResult Merge(SqliteSession session, Guid merge, CustomerId from, CustomerId into, string by, string proof, long now)
    {
        if (!IdentityRows.Exists(session, from) || !IdentityRows.Exists(session, into))
            return new(MergeOutcome.NoCustomer, null, null);
        (from, into) = (IdentityRows.Canonical(session, from), IdentityRows.Canonical(session, into));
        if (from == into)
            return new(MergeOutcome.SameCustomer, null, into);
        var (fromWeight, intoWeight) = (WeightOfPerson(session, from), WeightOfPerson(session, into));
        if (fromWeight == HasPerson && intoWeight == HasPerson)
            return new(MergeOutcome.BothWithPeople, null, into);
        if (fromWeight > intoWeight)
            (from, into) = (into, from);

        session["""
            insert into merges (id, from_customer, into_customer, merged_by, proof, merged_at, into_sequence)
            values ($id, $from, $into, $by, $proof, $now, coalesce((select last_sequence from conversations where customer_id = $into), 0))
            """]
            .Set("$id", merge).Set("$from", from.Value).Set("$into", into.Value).Set("$by", by).Set("$proof", proof).Set("$now", now)
            .Execute();
        session["""
            insert into merged_identifiers (merge_id, kind, value, remarked_at)
            select $id, i.kind, i.value, remark.noted_at from identifiers i
            left join identifiers remark on remark.customer_id = $into and remark.kind = i.kind and remark.value = i.value
            where i.customer_id = $from and i.proved = 1 and i.kind <> 'web_session'
            """]
            .Set("$id", merge).Set("$from", from.Value).Set("$into", into.Value)
            .Execute();
        session["delete from identifiers where customer_id = $into and (kind, value) in (select kind, value from merged_identifiers where merge_id = $id)"]
            .Set("$id", merge).Set("$into", into.Value)
            .Execute();
        session["update identifiers set customer_id = $into where customer_id = $from and proved = 1 and kind <> 'web_session'"]
            .Set("$from", from.Value).Set("$into", into.Value)
            .Execute();
        session["update customers set merged_into = $into where id = $from or merged_into = $from"]
            .Set("$from", from.Value).Set("$into", into.Value)
            .Execute();
        MoveOn(session, from, into);
        IdentityRows.Note(session, by, "merged", from, $"into {into}", now);
        return new(MergeOutcome.Merged, merge, into);
    }

    public static bool Part(SqliteSession session, Guid merge, string by, long now)
    {
        var found = session["select from_customer, into_customer from merges where id = $id and undone_at is null"]
            .Set("$id", merge)
            .First(static row => (From: new CustomerId(row.Id()), Into: new CustomerId(row.Id())), null as (CustomerId From, CustomerId Into)?);
        if (found is not var (from, into))
            return false;
        var owner = IdentityRows.Canonical(session, into);
        var way = IdentityRows.Way(session, into);
        JoinedParts.Hide(session, merge, from, way, now);
        session["update merges set undone_by = $by, undone_at = $now where id = $id"].Set("$by", by).Set("$now", now).Set("$id", merge).Execute();
        // Whoever was given a token for a proof while these were one may be either: it follows nobody any more.
        session["update customers set parted = parted + 1 where id = $owner or merged_into = $owner"].Set("$owner", owner.Value).Execute();
        session["""
            delete from identifiers where customer_id = $from and proved = 0
                and (kind, value) in (select kind, value from merged_identifiers where merge_id = $id)
            """]
            .Set("$from", from.Value).Set("$id", merge)
            .Execute();
        session["""
            update identifiers set customer_id = $from where customer_id = $owner and proved = 1
                and (kind, value) in (select kind, value from merged_identifiers where merge_id = $id)
            """]
            .Set("$from", from.Value).Set("$owner", owner.Value).Set("$id", merge)
            .Execute();
        RemarkAgain(session, merge, into, from);
        GoBackPast(session, merge, into, owner, from);
        foreach (var back in IdentityRows.Below(session, from))
            session["update customers set merged_into = nullif($from, id) where id = $id"].Set("$from", from.Value).Set("$id", back.Value).Execute();
        MoveOn(session, [from, .. way]);
        IdentityRows.Note(session, by, "parted", from, $"from {into}", now);
        return true;
    }

    /// <summary>What moved has moved on with each merge above this one, and goes back past them.</summary>
    private static void GoBackPast(SqliteSession session, Guid merge, CustomerId into, CustomerId owner, CustomerId from)
    {
        for (var above = into; above != owner;)
        {
            var (later, next) = session["select id, into_customer from merges where from_customer = $above and undone_at is null"]
                .Set("$above", above.Value)
                .First(static row => (row.Id(), new CustomerId(row.Id())), default);
            RemarkAgain(session, later, next, from);
            session["""
                delete from merged_identifiers where merge_id = $later
                    and (kind, value) in (select kind, value from merged_identifiers where merge_id = $id)
                """]
                .Set("$later", later).Set("$id", merge)
                .Execute();
            above = next;
        }
    }

    /// <summary>What a customer had remarked on before a merge brought the same address proved, and which has gone back, is their remark again.</summary>
    private static void RemarkAgain(SqliteSession session, Guid merge, CustomerId customer, CustomerId goneTo) =>
        session["""
            insert into identifiers (customer_id, kind, value, value_folded, proved, noted_at)
            select $customer, m.kind, m.value, i.value_folded, 0, m.remarked_at
            from merged_identifiers m
            join identifiers i on i.customer_id = $gone and i.kind = m.kind and i.value = m.value
            where m.merge_id = $id and m.remarked_at is not null
            on conflict do nothing
            """]
            .Set("$customer", customer.Value).Set("$gone", goneTo.Value).Set("$id", merge)
            .Execute();

    /// <summary>
    /// How much of a person is in a conversation: <see cref="HasPerson"/>, 1 where one is only called for what somebody else may have written, or for
    /// what could not be taken (the customer knows nothing of that one), 0 where there is none.
    /// </summary>
    private static int WeightOfPerson(SqliteSession session, CustomerId customer) =>
        session["""
            select case
                when c.handoff_since is not null then 2
                when c.escalation_id is null then 0
                when e.rule in ('M2.unproved', 'N6.not_taken') then 1
                else 2
            end
            from conversations c left join escalations e on e.id = c.escalation_id
            where c.customer_id = $customer
            """]
            .Set("$customer", customer.Value)
            .First(static row => row.Int(), 0);

    /// <summary>Nothing is committed to these conversations by whoever does not know yet, nor begun by one who takes them for new.</summary>
    private static void MoveOn(SqliteSession session, params ReadOnlySpan<CustomerId> customers)
    {
        var moved = new HashSet<CustomerId>();
        foreach (var customer in customers)
            if (moved.Add(customer))
                session["""
                    insert into conversations (customer_id, version, epoch, last_sequence) values ($customer, 1, 0, 0)
                    on conflict (customer_id) do update set version = version + 1
                    """]
                    .Set("$customer", customer.Value)
                    .Execute();
    }
}
