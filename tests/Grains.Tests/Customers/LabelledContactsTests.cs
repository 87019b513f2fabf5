using System.Text.Json;
using FteAgent.Evals.Identity;
using FteAgent.Testing;
using Xunit.Abstractions;

namespace FteAgent.Customers;

/// <summary>People who can show who they are, are recognised on every channel; nobody else is, and every merge can be taken back.</summary>
public sealed class LabelledContactsTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Contacts_with_proof_are_joined_and_others_are_not_and_it_is_all_the_same_on_either_record()
    {
        var lines = File.ReadLines(Path.Combine(Tree.Root, "bench", "Evals", "sample", "identity", "contacts.jsonl"));
        var contacts = lines.Select(line => IdentityContact.Read(JsonDocument.Parse(line).RootElement)).ToList();

        var (onFile, onPostgres) = await OnBoth(contacts);

        Judge(contacts, onFile);
        Judge(contacts, onPostgres);
        Assert.Equal(onFile with { Faults = [] }, onPostgres with { Faults = [] });
        Assert.Equal(onFile.Faults, onPostgres.Faults);
    }

    [Fact]
    public async Task Contacts_of_people_nobody_thought_of_are_joined_by_proof_alone_too()
    {
        var contacts = IdentityContacts.Make(TestSeed.Take(output.WriteLine), 150);

        var (onFile, onPostgres) = await OnBoth(contacts);

        Judge(contacts, onFile, fewest: 150);
        Judge(contacts, onPostgres, fewest: 150);
    }

    private static async Task<(IdentityFindings OnFile, IdentityFindings OnPostgres)> OnBoth(IReadOnlyList<IdentityContact> contacts)
    {
        await using var file = IdentityRecord.OnFile();
        await using var postgres = await IdentityRecord.OnPostgres(await PostgresServer.Shared);
        return (await IdentityFindings.Of(contacts, file), await IdentityFindings.Of(contacts, postgres));
    }

    private void Judge(IReadOnlyList<IdentityContact> contacts, IdentityFindings findings, int fewest = 300)
    {
        foreach (var fault in findings.Faults)
            output.WriteLine(fault);
        Assert.True(contacts.Count >= fewest);
        Assert.Equal(["email", "web", "whatsapp"], contacts.Select(contact => contact.Channel).Distinct().Order());
        Assert.True(findings.WithProof > 0 && findings.Joined >= 0.95 * findings.WithProof, $"{findings.Joined} of {findings.WithProof} were joined.");
        Assert.True(findings.WithoutProof > 0);
        Assert.Equal((0, 0), (findings.JoinedWithoutProof, findings.WrongMerges));
        Assert.True(findings.Merges > 0);
        Assert.Equal(findings.Merges, findings.Undone);
    }
}
