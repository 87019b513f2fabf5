using FteAgent.Customers;

namespace FteAgent.Evals.Identity;

/// <summary>What became of a set of labelled contacts.</summary>
/// <param name="WithProof">Contacts that came with proof of who an earlier one was by.</param>
/// <param name="Joined">How many of them are one with it.</param>
/// <param name="WithoutProof">Contacts that came without any.</param>
/// <param name="JoinedWithoutProof">How many of them are one with anybody.</param>
/// <param name="WrongMerges">Pairs of contacts of two people that are one customer.</param>
/// <param name="Merges">How many merges were made.</param>
/// <param name="Undone">How many of them gave back, when they were undone, exactly what both had before.</param>
/// <param name="Faults">What went wrong, a line each.</param>
internal sealed record IdentityFindings(
    int WithProof, int Joined, int WithoutProof, int JoinedWithoutProof, int WrongMerges, int Merges, int Undone, IReadOnlyList<string> Faults)
{
    /// <summary>Lets all contacts happen on a record, looks who is one with whom, then undoes every merge.</summary>
    public static async Task<IdentityFindings> Of(IReadOnlyList<IdentityContact> unordered, IdentityRecord record)
    {
        var contacts = unordered.OrderBy(contact => contact.Day).ToList();
        var world = new IdentityWorld(record);
        var faults = new List<string>();
        var customers = new Dictionary<string, CustomerId>();
        var merges = new List<Merged>();
        foreach (var contact in contacts)
        {
            var customer = customers[contact.Id] = await world.Take(contact);
            if (contact.Link is null)
                continue;
            var before = await Identifiers(world, customers.Values);
            await world.Link(contact, customer);
            if ((await world.Identities.Merges(customer, default)).FirstOrDefault(merge => merges.All(known => known.Merge.Id != merge.Id)) is { } merge)
                merges.Add(new(merge, before));
        }

        var ends = new Dictionary<string, CustomerId>();
        foreach (var contact in contacts)
            ends[contact.Id] = await world.Identities.Canonical(customers[contact.Id], default);
        var groups = contacts.ToLookup(contact => ends[contact.Id]);

        var (withProof, withoutProof) = (contacts.Where(c => c.Expect is Expectation.Joined).ToList(), contacts.Where(c => c.Expect is Expectation.Apart).ToList());
        var missed = withProof.Where(contact => ends[contact.Id] != ends[contact.With!]).ToList();
        var joined = withoutProof.Where(contact => groups[ends[contact.Id]].Any(other => other.Id != contact.Id)).ToList();
        var wrong = groups.SelectMany(group => group.SelectMany(one => group.Where(other => string.CompareOrdinal(one.Id, other.Id) < 0 && one.Person != other.Person)
            .Select(other => (one, other)))).ToList();
        faults.AddRange(missed.Select(contact => $"{contact.Id} ({contact.Case}) is not one with {contact.With}"));
        faults.AddRange(joined.Select(contact => $"{contact.Id} ({contact.Case}) was joined without proof"));
        faults.AddRange(wrong.Select(pair => $"{pair.one.Id} and {pair.other.Id} ({pair.one.Case}) are two people"));
        var undone = await Undo(world, merges, faults);
        return new(withProof.Count, withProof.Count - missed.Count, withoutProof.Count, joined.Count, wrong.Count, merges.Count, undone, faults);
    }

    /// <summary>Undoes all merges, the latest first, and compares with what was before each.</summary>
    private static async Task<int> Undo(IdentityWorld world, List<Merged> merges, List<string> faults)
    {
        var undone = 0;
        foreach (var (merge, before) in Enumerable.Reverse(merges))
        {
            var parted = await world.Identities.Part(merge.Id, "eval", default);
            var now = await Identifiers(world, [merge.From, merge.Into]);
            var whole = parted
                && before[merge.From].SetEquals(now[merge.From])
                // What was proved since stays.
                && before[merge.Into].IsSubsetOf(now[merge.Into])
                && await world.Identities.Canonical(merge.From, default) != await world.Identities.Canonical(merge.Into, default);
            if (whole)
                undone++;
            else
                faults.Add($"the merge of {merge.From} into {merge.Into} was not undone whole");
        }

        return undone;
    }

    private static async Task<Dictionary<CustomerId, HashSet<CustomerIdentifier>>> Identifiers(IdentityWorld world, IEnumerable<CustomerId> customers)
    {
        var identifiers = new Dictionary<CustomerId, HashSet<CustomerIdentifier>>();
        foreach (var customer in customers.Distinct())
            if (await world.Customers.Find(customer, default) is { } found)
                identifiers[customer] = [.. found.Identifiers];
        return identifiers;
    }

    private sealed record Merged(CustomerMerge Merge, Dictionary<CustomerId, HashSet<CustomerIdentifier>> Before);
}
