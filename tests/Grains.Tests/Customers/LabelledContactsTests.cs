using System.Text.Json;
using FteAgent.Evals.Identity;
using FteAgent.Testing;
using Xunit.Abstractions;

namespace FteAgent.Customers;

/// <summary>People who can show who they are, are recognised on every channel; nobody else is, and every merge can be taken back.</summary>
public sealed class LabelledContactsTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Contacts_with_proof_are_joined_and_others_are_not()
    {
        var lines = File.ReadLines(Path.Combine(Tree.Root, "bench", "Evals", "sample", "identity", "contacts.jsonl"));
        var contacts = lines.Select(line => IdentityContact.Read(JsonDocument.Parse(line).RootElement)).ToList();

        Judge(contacts, await IdentityFindings.Of(contacts));
    }

    [Fact]
    public async Task Contacts_of_people_nobody_thought_of_are_joined_by_proof_alone_too()
    {
        var contacts = IdentityContacts.Make(TestSeed.Take(output.WriteLine), 150);

        Judge(contacts, await IdentityFindings.Of(contacts), fewest: 150);
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
