using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Record;

/// <summary>What is kept for a time goes when that is over, also where nothing further of its kind is ever noted.</summary>
public abstract class ShortMemoryContract : RecordContract
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    [Fact]
    public async Task What_is_remembered_for_a_short_time_goes_when_that_is_over_though_nobody_asks_for_anything_more()
    {
        var gone = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello"));
        await Record.PersonalData.Erase(gone.Customer, "Ana", default);
        var mira = await Record.NewCustomer();
        Assert.True(await Record.Identities.Ask(mira, IdentifierKind.Email, "mira@example.com", [1], Quarter, MessageId.Of(Channel.WhatsApp, "link"), default));
        Assert.Equal(ProofOutcome.Wrong, (await Record.Identities.Prove(mira, [2], isKnown: true, MessageId.Of(Channel.WhatsApp, "wrong"), default)).Outcome);
        Assert.Equal((1, 1, 1, 1), await After(TimeSpan.Zero));

        Assert.Equal((0, 1, 1, 1), await After(Quarter));
        Assert.Equal((0, 0, 1, 1), await After(TimeSpan.FromDays(1) - Quarter));
        Assert.Equal((0, 0, 1, 1), await After(TimeSpan.FromDays(6) - TimeSpan.FromSeconds(1)));
        Assert.Equal((0, 0, 0, 0), await After(TimeSpan.FromSeconds(1)));
    }

    /// <summary>How many rows a table has.</summary>
    private protected abstract Task<long> Count(string table);

    private async Task<(long Waiting, long Sent, long Given, long Erased)> After(TimeSpan wait)
    {
        Record.Advance(wait.TotalSeconds);
        await Record.Roster.ClaimDue(100, default);
        return (await Count("proofs"), await Count("codes_sent"), await Count("codes_given"), await Count("erased_messages"));
    }
}
