using FteAgent.Evals.Identity;
using FteAgent.Testing;

namespace FteAgent.Evals;

/// <summary>Are people recognised who can show who they are, and nobody else? Labelled contacts go through the product's own intake.</summary>
/// <param name="database">The Postgres server on which the contacts are written down, by any of its databases; null for a file.</param>
internal sealed class IdentityEval(string? database) : IEval
{
    private const string Contacts = "identity/contacts.jsonl";

    public string Name => "identity";

    public async Task Run(EvalData data, Figures figures)
    {
        // The set is of our own making and comes with the source; a folder that has one of its own goes before.
        var lines = data.Has(Contacts) ? data.Questions(Contacts) : EvalData.Sample().Questions(Contacts);
        if (lines.Count == 0)
        {
            figures.Say($"\nidentity: no {Contacts} here, left out.");
            return;
        }

        var contacts = lines.Select(IdentityContact.Read).ToList();
        await using var server = database is null ? null : PostgresServer.At(database);
        await using var record = server is null ? IdentityRecord.OnFile() : await IdentityRecord.OnPostgres(server);
        var findings = await IdentityFindings.Of(contacts, record);
        figures.Heading($"identity, on {record.Name}: {contacts.Count} contacts of {contacts.Select(c => c.Person).Distinct().Count()} people, {findings.Merges} merges");
        figures.Add("identity.joined_with_proof", Share(findings.Joined, findings.WithProof), Interval.OfShare(findings.Joined, findings.WithProof));
        figures.Add("identity.joined_without_proof", findings.JoinedWithoutProof, Count(findings.JoinedWithoutProof, findings.WithoutProof));
        // Pairs of contacts are no sample of anything: there is no interval to tell.
        figures.Add("identity.wrong_merges", findings.WrongMerges);
        figures.Add("identity.merges_undone_whole", Share(findings.Undone, findings.Merges), Interval.OfShare(findings.Undone, findings.Merges));
        foreach (var fault in findings.Faults)
            figures.Say(fault);
    }

    private static double Share(int some, int all) => all == 0 ? 1 : (double)some / all;

    private static Interval Count(int some, int all) => Interval.OfShare(some, all) is var share ? new(share.Low * all, share.High * all) : default;
}
