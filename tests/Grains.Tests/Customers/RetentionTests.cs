using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FteAgent.Customers;

/// <summary>Those who are silent for long are looked for now and then, in batches that end.</summary>
public sealed class RetentionTests
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    [Fact]
    public async Task Silent_ones_are_erased_in_batches_until_none_is_left_and_again_some_hours_later()
    {
        var (time, data) = (new FakeTime(), new Silent { Left = 120 });
        using var retention = new Retention(data, new(Year), time, NullLogger<Retention>.Instance);
        await retention.StartAsync(default);
        await time.WhenWaiting(1);
        Assert.Empty(data.Asked);

        time.Advance(TimeSpan.FromMinutes(5));
        await data.Until(3);
        Assert.Equal((0, Year), (data.Left, data.Asked[0]));

        data.Left = 1;
        time.Advance(TimeSpan.FromHours(6));
        await data.Until(4);
        Assert.Equal(0, data.Left);
        await retention.StopAsync(default);
    }

    [Theory]
    [InlineData(49)]
    [InlineData(50)]
    [InlineData(100)]
    public async Task Nothing_of_them_is_left_in_the_files_however_many_they_are(int silent)
    {
        var (time, data) = (new FakeTime(), new Silent { Left = silent });
        using var retention = new Retention(data, new(Year), time, NullLogger<Retention>.Instance);
        await retention.StartAsync(default);
        await time.WhenWaiting(1);

        time.Advance(TimeSpan.FromMinutes(5));
        await data.Scrubbed.WaitAsync(TimeSpan.FromSeconds(30));
        await retention.StopAsync(default);

        Assert.Equal((0, silent / 50 + 1), (data.Left, data.Asked.Count));
    }

    [Fact]
    public async Task Record_that_cannot_be_reached_is_asked_again_in_the_next_round()
    {
        var (time, data) = (new FakeTime(), new Silent { Left = 1, Fails = true });
        using var retention = new Retention(data, new(Year), time, NullLogger<Retention>.Instance);
        await retention.StartAsync(default);
        await time.WhenWaiting(1);
        time.Advance(TimeSpan.FromMinutes(5));
        await data.Until(1);

        data.Fails = false;
        await time.WhenWaiting(1);
        time.Advance(TimeSpan.FromHours(6));
        await data.Until(2);

        Assert.Equal(0, data.Left);
        await retention.StopAsync(default);
    }

    [Fact]
    public async Task How_many_approved_articles_went_with_them_is_logged()
    {
        var (time, data, log) = (new FakeTime(), new Silent { Left = 60, ArticlesOfEach = 1 }, new Lines());
        using var retention = new Retention(data, new(Year), time, log);

        await retention.Round(default);

        Assert.Contains("60 approved articles", Assert.Single(log.Of(1403)), StringComparison.Ordinal);
        (data.Left, data.ArticlesOfEach) = (1, 0);
        await retention.Round(default);
        Assert.Single(log.Of(1403));
    }

    private sealed class Lines : ILogger<Retention>
    {
        private readonly List<(int Id, string Text)> lines = [];

        public IEnumerable<string> Of(int id) => lines.Where(line => line.Id == id).Select(line => line.Text);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add((eventId.Id, formatter(state, exception)));
    }

    private sealed class Silent : IPersonalData
    {
        private readonly SemaphoreSlim calls = new(0);
        private readonly TaskCompletionSource scrubbed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<TimeSpan> Asked { get; } = [];

        public int Left { get; set; }

        public bool Fails { get; set; }

        public int ArticlesOfEach { get; set; }

        public Task Scrubbed => scrubbed.Task;

        public Task<Forgotten> EraseOlderThan(TimeSpan age, int limit, CancellationToken cancellationToken)
        {
            var erased = Fails ? 0 : Math.Min(limit, Left);
            Left -= erased;
            Asked.Add(age);
            calls.Release();
            return Fails ? Task.FromException<Forgotten>(new IOException("The record is away.")) : Task.FromResult(new Forgotten(erased, erased * ArticlesOfEach));
        }

        public async Task Until(int asked)
        {
            while (Asked.Count < asked)
                Assert.True(await calls.WaitAsync(TimeSpan.FromSeconds(30)), "Nobody asked.");
        }

        public Task Scrub(CancellationToken cancellationToken)
        {
            scrubbed.TrySetResult();
            return Task.CompletedTask;
        }

        public Task<bool> Export(CustomerId customer, string by, Stream destination, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Erasure> Erase(CustomerId customer, string by, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Erasure> EraseAgain(ImmutableArray<CustomerId> customers, DateTimeOffset erasedAt, ImmutableArray<MessageId> messages, string by, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ImmutableArray<Erasure>> Erasures(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
