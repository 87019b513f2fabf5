using FteAgent.Customers;
using FteAgent.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Conversations;

/// <summary>What a customer does not notice when the record's answers get lost: nothing is stored twice, and nobody waits for an answer that nobody drafts.</summary>
public sealed class LostAnswerTests
{
    private const string Question = "How do I import documents?";

    /// <summary>Far below what a stuck exchange is given, far above what a busy machine needs.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private readonly LosingRecord record = new();

    [Theory]
    [InlineData(Loss.Answer)]
    [InlineData(Loss.AnswerAndSentAgain)]
    public async Task A_commit_whose_answer_got_lost_counts_as_done_and_is_answered_once_and_soon(Loss loss)
    {
        await using var support = await Support.Open(record.Wrap);
        var mira = await support.NewCustomer();
        record.Next = loss;

        var accepted = await support.Write(mira, Question);

        Assert.Equal((AcceptOutcome.Stored, Loss.None), (accepted.Outcome, record.Next));
        Assert.Equal(accepted.MessageId, Assert.Single((await support.Load(mira)).Recent).Id);
        AssertAnsweredSoon(await support.Settled(mira));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_that_was_stored_while_its_sender_heard_the_opposite_is_answered_soon_whether_it_comes_again_or_not(bool comesAgain)
    {
        await using var support = await Support.Open(record.Wrap);
        var mira = await support.NewCustomer();
        record.Next = Loss.AnswerAndRecord;
        await Assert.ThrowsAsync<RecordUnavailableException>(() => support.Write(mira, Question, key: "again"));
        record.IsAway = false;

        if (comesAgain)
            Assert.Equal(AcceptOutcome.Duplicate, (await support.Write(mira, Question, key: "again")).Outcome);

        AssertAnsweredSoon(await support.Settled(mira));
    }

    [Fact]
    public async Task An_exchange_that_was_taken_over_by_a_commit_sent_again_is_drafted()
    {
        await using var support = await Support.Open(record.Wrap);
        var mira = await support.NewCustomer();
        await support.Silo.GetRequiredService<IDutyRoster>().Renew("elsewhere", default);
        await Commit(support, Elsewhere(support, await support.Load(mira), new("elsewhere")), Arrival(support, mira));

        record.Next = Loss.AnswerAndSentAgain;
        await support.Grain(mira).Poke("elsewhere");

        AssertAnsweredSoon(await support.Settled(mira));
    }

    [Fact]
    public async Task Whoever_sends_what_another_activation_has_stored_hears_what_is_stored()
    {
        await using var support = await Support.Open();
        var mira = await support.NewCustomer();
        await support.Ask(mira, Question);
        var message = Arrival(support, mira);
        // Another activation, after a split, has taken two messages; the one here knows of neither.
        await Commit(support, Elsewhere(support, await support.Load(mira), support.Context.Silo), Arrival(support, mira));
        var there = await Commit(support, Elsewhere(support, await support.Load(mira), support.Context.Silo), message);

        var here = await support.Grain(mira).Accept(message);

        Assert.Equal(there, here);
        var stored = Assert.Single((await support.Load(mira)).Recent, m => m.Id == message.Id);
        Assert.Equal((stored.Sequence, stored.TicketId), (here.Sequence, here.TicketId));
        Assert.Equal(2, Support.Replies(await support.Settled(mira)).Count());
    }

    [Fact]
    public async Task What_could_not_be_stored_is_refused_and_taken_when_it_comes_again()
    {
        await using var support = await Support.Open(record.Wrap);
        var mira = await support.NewCustomer();
        record.Next = Loss.NotWritten;

        await Assert.ThrowsAsync<RecordUnavailableException>(() => support.Write(mira, Question, key: "again"));
        Assert.Equal(0, (await support.Load(mira)).Version);

        Assert.Equal(AcceptOutcome.Stored, (await support.Write(mira, Question, key: "again")).Outcome);
    }

    [Theory]
    [InlineData(Loss.NotWritten)]
    [InlineData(Loss.AnswerAndRecord)]
    public async Task An_activation_that_cannot_reach_the_record_gives_way_to_one_that_may_be_elsewhere(Loss loss)
    {
        await using var support = await Support.Open(record.Wrap);
        var mira = await support.NewCustomer();
        await support.Ask(mira, Question);
        var activation = support.Activation(mira);

        record.Next = loss;
        await Assert.ThrowsAsync<RecordUnavailableException>(() => support.Write(mira, "And how do I delete them?"));

        await activation.Deactivated.WaitAsync(Soon);
        record.IsAway = false;
        Assert.Equal(AcceptOutcome.Stored, (await support.Write(mira, "Is anyone there?")).Outcome);
    }

    private static void AssertAnsweredSoon(Conversation conversation)
    {
        var asked = Assert.Single(conversation.Recent, message => message.Author.Kind is ActorKind.Customer);
        Assert.InRange(Assert.Single(Support.Replies(conversation)).At - asked.At, TimeSpan.Zero, Soon);
    }

    private static ConversationEdit Elsewhere(Support support, Conversation loaded, SiloIncarnation silo) =>
        new(loaded, support.Time.GetUtcNow(), support.Context with { Silo = silo });

    private static async Task<Accepted> Commit(Support support, ConversationEdit edit, IncomingMessage message)
    {
        var accepted = edit.Accept(message);
        Assert.Equal(CommitOutcome.Committed, await support.Store.Commit(edit.ToChanges(new(message.Id.Value)), default));
        return accepted;
    }

    private static IncomingMessage Arrival(Support support, CustomerId customer) => new(
        MessageId.Mint(support.Time), TicketId.Mint(support.Time), Channel.Web, $"{customer}/{Guid.NewGuid()}", Question, support.Time.GetUtcNow(), null, []);
}
