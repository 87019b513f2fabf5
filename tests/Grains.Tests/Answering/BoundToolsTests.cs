using System.Collections.Immutable;
using FteAgent.Answering;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Knowledge;

namespace FteAgent.Tests.Answering;

/// <summary>What a model outside may look up of a customer.</summary>
public sealed class BoundToolsTests
{
    private static readonly CustomerId Mira = new(Guid.CreateVersion7());

    [Fact]
    public async Task A_history_is_masked_as_the_question_is_and_only_the_customers_own_comes_back()
    {
        var masking = new Masking();
        var question = masking.Hide("Is mira@example.com right?", fromCustomer: true);
        var tools = Tools(
            masking,
            (Actor.Customer, "I am mira@example.com, card 4111 1111 1111 1111, password hunter2"),
            (Actor.Assistant, "We wrote to team@example.com and mira@example.com."));

        var history = await tools.History(default);

        Assert.Equal("Is [email-1] right?", question);
        Assert.Equal(["I am [email-1], card [card-1], password [secret-1]", "We wrote to [email-2] and [email-1]."], history.Select(message => message.Text));
        Assert.Equal("mira@example.com [email-2] [card-1] [secret-1]", masking.Show("[email-1] [email-2] [card-1] [secret-1]"));
    }

    [Fact]
    public async Task A_model_of_this_deployment_reads_the_words_themselves() =>
        Assert.Equal("I am mira@example.com", Assert.Single(await Tools(null, (Actor.Customer, "I am mira@example.com")).History(default)).Text);

    [Fact]
    public async Task What_may_be_anothers_is_not_shown_even_masked() =>
        Assert.Empty(await new BoundTools(Mira, SearchResult.Nothing, NoSearch, new Said(Entry(Actor.Customer, "Hello", mayBeAnothers: true)), new Masking()).History(default));

    private static BoundTools Tools(Masking? masking, params (Actor Author, string Text)[] said) =>
        new(Mira, SearchResult.Nothing, NoSearch, new Said([.. said.Select(message => Entry(message.Author, message.Text))]), masking);

    private static HistoryEntry Entry(Actor author, string text, bool mayBeAnothers = false) =>
        new(Mira, new(MessageId.Mint(TimeProvider.System), 1, author, MessageKind.Text, text, DateTimeOffset.UnixEpoch, Channel.Web, null, []), null, Switched: false, mayBeAnothers);

    private static Task<SearchResult> NoSearch(ImmutableArray<string> query, int most, string? category, CancellationToken cancellationToken) => Task.FromResult(SearchResult.Nothing);

    private sealed class Said(params HistoryEntry[] entries) : ICustomerHistory
    {
        public Task<ImmutableArray<HistoryEntry>> Read(CustomerId customer, int limit, CancellationToken cancellationToken) => Task.FromResult(entries.ToImmutableArray());
    }
}
