using System.Collections.Immutable;
using FteAgent.Customers;
using FteAgent.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Conversations;

/// <summary>
/// Whom the sweeper asks for because a commit was sent and nobody heard of it. Most of all where its sender never runs on: a silo that loses its
/// lease abandons its grains in the midst of a turn.
/// </summary>
public sealed class UnknownCommitsTests
{
    /// <summary>Longer than a commit may be under way.</summary>
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(11);

    private readonly FakeTime time = new();
    private readonly LosingRecord record = new();
    private readonly CustomerId mira = new(Guid.NewGuid());
    private readonly CustomerId noor = new(Guid.NewGuid());
    private readonly UnknownCommits unknown;

    public UnknownCommitsTests() => unknown = new(time);

    [Fact]
    public void A_commit_whose_sender_never_runs_on_is_asked_for_once_it_has_been_under_way_for_too_long()
    {
        unknown.Sending(mira);
        Assert.Empty(unknown.Take(10));

        time.Advance(TooLong);

        Assert.Equal(mira, Assert.Single(unknown.Take(10)));
        Assert.Empty(unknown.Take(10));
    }

    [Fact]
    public void A_commit_whose_outcome_is_known_is_not_asked_for()
    {
        var heard = unknown.Sending(noor);
        unknown.Sending(mira);
        unknown.Known(heard);
        time.Advance(TooLong);

        Assert.Equal(mira, Assert.Single(unknown.Take(10)));
    }

    [Fact]
    public void A_commit_that_is_lost_is_asked_for_at_once()
    {
        unknown.Lost(unknown.Sending(mira));

        Assert.Equal(mira, Assert.Single(unknown.Take(10)));
    }

    [Fact]
    public void As_many_are_taken_as_there_is_room_for_and_each_once()
    {
        foreach (var customer in new[] { mira, noor, mira })
            unknown.Add(customer);

        ImmutableArray<CustomerId> taken = [.. unknown.Take(1), .. unknown.Take(1), .. unknown.Take(1)];

        Assert.Equal(2, taken.Length);
        Assert.Equal(2, taken.Distinct().Count());
    }

    [Fact]
    public void More_than_are_kept_push_out_none_that_is_kept()
    {
        for (var i = 0; i < 10_000; i++)
            unknown.Sending(mira);
        unknown.Known(unknown.Sending(noor));
        unknown.Lost(unknown.Sending(noor));
        time.Advance(TooLong);

        Assert.Equal(mira, Assert.Single(unknown.Take(10)));
    }

    [Fact]
    public async Task A_conversation_notes_its_commit_before_it_sends_it()
    {
        var whileUnderWay = new List<CustomerId>();
        record.Committing = () =>
        {
            time.Advance(TooLong);
            whileUnderWay.AddRange(unknown.Take(10));
        };
        await using var support = await Support.Open(services =>
        {
            record.Wrap(services);
            services.AddSingleton(unknown);
        });
        var customer = await support.NewCustomer();

        await support.Write(customer, "How do I import documents?");

        Assert.Equal(customer, Assert.Single(whileUnderWay));
        record.Committing = null;
        await support.Write(customer, "And how do I delete them?");
        time.Advance(TooLong);
        Assert.Empty(unknown.Take(10));
    }
}
