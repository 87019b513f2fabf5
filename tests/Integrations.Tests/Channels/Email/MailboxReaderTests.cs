using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Testing;
using FteAgent.Tickets;
using Microsoft.Extensions.Logging;

namespace FteAgent.Channels.Email;

/// <summary>Reading a mailbox on from its place, whatever goes wrong on the way.</summary>
public sealed class MailboxReaderTests : IMailbox, IMailboxCursors, IMailReader, IInboundRoad
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(4);

    private readonly FakeTime time = new();
    private readonly List<long> history = [];
    private readonly List<string> taken = [];
    private readonly List<long> places = [];
    private readonly Dictionary<string, Exception> failing = [];
    private readonly MailboxReader reader;
    private long? place = 0;
    private int pageSize = 2;
    private readonly List<string> fetched = [];
    private readonly Heard log = new();
    private readonly MailboxMetrics metrics = new(new Meters());
    private TimeSpan slow;
    private int? listsAtOnce;
    private int listed;
    private bool hasForgotten;

    public MailboxReaderTests() => reader = New();

    public string Address => "box@example.org";

    [Fact]
    public async Task First_reading_notes_the_place_and_takes_nothing()
    {
        place = null;
        Arrive(3);

        Assert.True(await Read());

        Assert.Empty(taken);
        Assert.Equal(3, place);
    }

    [Fact]
    public async Task Place_moves_on_after_each_page_and_never_before_its_mails()
    {
        Arrive(5);

        Assert.True(await Read());

        Assert.Equal(["1", "2", "3", "4", "5"], taken);
        Assert.Equal([2, 4, 5], places);
    }

    [Fact]
    public async Task Mailbox_that_goes_away_in_between_keeps_the_place_of_what_was_taken()
    {
        Arrive(9);
        FailFrom(4, new MailboxUnavailableException("away"));

        await Assert.ThrowsAsync<MailboxUnavailableException>(Read);
        Assert.Equal(2, place);
        Assert.Equal(["1", "2", "3", "4", "5", "6"], fetched);

        failing.Clear();
        time.Advance(TimeSpan.FromSeconds(15));
        Assert.True(await Read());
        Assert.Equal(Enumerable.Range(1, 9).Select(i => $"{i}"), taken.Order());
        Assert.Equal(9, place);
    }

    [Fact]
    public async Task Record_that_goes_away_is_no_fault_of_a_mail_however_long_it_is_away()
    {
        Arrive(1);
        failing["1"] = new RecordUnavailableException("away");
        for (var i = 0; i < 50; i++)
        {
            await Assert.ThrowsAsync<RecordUnavailableException>(Read);
            time.Advance(TimeSpan.FromMinutes(1));
        }

        failing.Clear();

        Assert.True(await Read());

        Assert.Equal(["1"], taken);
        Assert.Equal(1, place);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Mail_that_fails_alone_holds_up_nobody_and_is_come_back_to_until_it_is_left(bool mayPass)
    {
        Arrive(3);
        failing["2"] = mayPass ? new MailboxUnavailableException("Gmail answered 503") : new FormatException("broken");

        Assert.True(await Read());
        Assert.Equal(["1", "3"], taken);
        Assert.Equal(0, place);

        for (var minute = 0; minute < 60; minute++)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            Arrive(1);
            Assert.True(await Read());
        }

        Assert.Equal(FailedMails.Attempts, fetched.Count(mail => mail == "2"));
        Assert.Equal(62, taken.Count);
        Assert.Equal(63, place);
        Assert.Contains(log.Logged, line => line.StartsWith("Mail 2 cannot be read and is left", StringComparison.Ordinal));
        Assert.Equal(1, metrics.Left);
    }

    [Fact]
    public async Task Mail_that_failed_alone_and_works_later_is_taken_and_the_place_moves_on()
    {
        Arrive(3);
        failing["2"] = new RecordUnavailableException("its conversation is away");
        Assert.True(await Read());
        failing.Clear();

        Assert.True(await Read());
        Assert.Equal(["1", "3"], taken);
        time.Advance(TimeSpan.FromSeconds(15));
        Assert.True(await Read());

        Assert.Equal(["1", "3", "2"], taken);
        Assert.Equal(3, place);
        Assert.Equal(0, metrics.Left);
    }

    [Fact]
    public async Task Many_mails_that_fail_by_what_may_pass_are_passed_turn_by_turn()
    {
        Arrive(40);
        for (var mail = 1; mail <= 30; mail++)
            failing[$"{mail}"] = new MailboxUnavailableException("Gmail answered 403");

        for (var minute = 0; minute < 120 && place < 40; minute++)
        {
            try
            {
                await Read();
            }
            catch (MailboxUnavailableException)
            {
                // It is read again within a minute.
            }

            time.Advance(TimeSpan.FromMinutes(1));
            if (minute > 20)
                Arrive(1);
        }

        Assert.Superset(Enumerable.Range(31, 10).Select(i => $"{i}").ToHashSet(), taken.ToHashSet());
    }

    [Fact]
    public async Task Reader_that_starts_anew_begins_before_the_mail_that_failed()
    {
        Arrive(3);
        failing["2"] = new FormatException("broken");
        await Read();
        failing.Clear();

        Assert.True(await New().Read(Turn, default));

        Assert.Contains("2", taken);
        Assert.Equal(3, place);
    }

    [Fact]
    public async Task Reading_ends_when_its_time_is_up_and_goes_on_without_taking_anything_twice()
    {
        Arrive(7);
        slow = Turn / 3 * 2;

        Assert.False(await Read());
        var first = taken.Count;
        for (var turn = 0; turn < 10 && !await Read(); turn++)
        {
        }

        Assert.InRange(first, 1, 3);
        Assert.Equal(["1", "2", "3", "4", "5", "6", "7"], taken);
    }

    [Fact]
    public async Task Slowest_provider_gets_on_by_a_mail_each_time()
    {
        Arrive(2);
        slow = Turn * 10;

        Assert.False(await Read());
        Assert.Equal(["1"], taken);
        Assert.False(await Read());
        Assert.True(await Read());
        Assert.Equal(["1", "2"], taken);
    }

    [Fact]
    public async Task Who_finds_that_another_has_read_on_stops()
    {
        Arrive(5);
        failing["2"] = new Elsewhere();

        Assert.True(await Read());

        Assert.Equal(["1", "2"], taken);
        Assert.Equal(100, place);
    }

    [Fact]
    public async Task Forgotten_place_is_made_up_for_by_all_that_is_recent_oldest_first()
    {
        Arrive(5);
        hasForgotten = true;

        Assert.True(await Read());

        Assert.Equal(["1", "2", "3", "4", "5"], taken);
        Assert.Equal([5], places);
    }

    [Fact]
    public async Task What_is_read_anew_is_listed_once_however_many_turns_it_takes()
    {
        Arrive(30);
        hasForgotten = true;
        listsAtOnce = 3;
        slow = Turn / 3;

        var turns = 0;
        while (!await Read())
            Assert.InRange(++turns, 1, 100);

        Assert.Equal(Enumerable.Range(1, 30).Select(i => $"{i}"), taken);
        Assert.Equal(15, listed);
        Assert.Equal([30], places);
    }

    [Fact]
    public async Task What_is_left_out_of_very_many_that_are_recent_is_told()
    {
        Arrive(RecentMails.Limit + 5);
        hasForgotten = true;
        pageSize = 1_000;

        while (!await Read())
        {
        }

        Assert.Equal(RecentMails.Limit, taken.Count);
        Assert.Equal("6", taken[0]);
        Assert.Single(log.Logged, line => line.StartsWith("More than 20000 mails", StringComparison.Ordinal));
        Assert.Equal(RecentMails.Limit, fetched.Count);
    }

    public Task<long> Position(CancellationToken cancellationToken) => Task.FromResult((long)history.Count);

    public Task<MailboxNews?> Since(long position, string? page, CancellationToken cancellationToken)
    {
        if (hasForgotten)
            return Task.FromResult<MailboxNews?>(null);
        var after = page is null ? position : long.Parse(page, CultureInfo.InvariantCulture);
        var all = history.Where(each => each > after).ToList();
        var here = all.Take(pageSize).Select(Name).ToImmutableArray();
        return Task.FromResult<MailboxNews?>(all.Count > pageSize ? new(here, here[^1], all[pageSize - 1]) : new(here, null, Math.Max(position, history.Count)));
    }

    public Task<MailboxNews> Recent(DateTimeOffset since, string? page, CancellationToken cancellationToken)
    {
        Assert.InRange(time.GetUtcNow() - since, TimeSpan.FromHours(1), TimeSpan.FromDays(15));
        listed++;
        if (listsAtOnce is { } many)
            time.Advance(Turn / many);
        var skip = page is null ? 0 : int.Parse(page, CultureInfo.InvariantCulture);
        var here = history.AsEnumerable().Reverse().Skip(skip).Take(pageSize).Select(Name).ToImmutableArray();
        return Task.FromResult(new MailboxNews(here, skip + here.Length < history.Count ? $"{skip + here.Length}" : null, 0));
    }

    public Task<FetchedMail?> Fetch(string mail, CancellationToken cancellationToken)
    {
        time.Advance(slow);
        fetched.Add(mail);
        return failing.TryGetValue(mail, out var failure) && failure is MailboxUnavailableException
            ? Task.FromException<FetchedMail?>(failure)
            : Task.FromResult<FetchedMail?>(new(Encoding.ASCII.GetBytes(mail)));
    }

    public Task<DateTimeOffset?> Watch(CancellationToken cancellationToken) => Task.FromResult<DateTimeOffset?>(null);

    public MailReading Read(ReadOnlyMemory<byte> raw, MailRoad road, DateTimeOffset receivedAt)
    {
        var mail = Encoding.ASCII.GetString(raw.Span);
        if (failing.TryGetValue(mail, out var failure))
        {
            if (failure is not Elsewhere)
                throw failure;
            place = 100;
        }

        taken.Add(mail);
        return new(new InboundMessage(Channel.Email, mail, new(IdentifierKind.Email, "ana@example.com", Proved: true), mail, receivedAt));
    }

    public MailReading Read(MailFields fields, DateTimeOffset receivedAt) => throw new NotSupportedException();

    public Task<MailboxCursor?> Find(string address, CancellationToken cancellationToken) =>
        Task.FromResult(place is { } known ? new MailboxCursor(known, time.GetUtcNow()) : null);

    public Task<bool> Move(string address, long? from, long to, CancellationToken cancellationToken)
    {
        if (place != from)
            return Task.FromResult(false);
        place = to;
        places.Add(to);
        return Task.FromResult(true);
    }

    public Task<CustomerId> CustomerOf(CustomerIdentifier session, CustomerProfile profile, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Accepted> Take(InboundMessage inbound, CancellationToken cancellationToken) => Task.FromResult(
        new Accepted(AcceptOutcome.Stored, MessageId.Of(inbound.Channel, inbound.ChannelMessageId), 1, TicketId.Mint(time), inbound.ReceivedAt));

    private MailboxReader New() => new(this, this, new(this, this, null!, null!, time), metrics, time, log);

    private Task<bool> Read() => reader.Read(Turn, default);

    private void FailFrom(int mail, Exception failure)
    {
        for (; mail <= history.Count; mail++)
            failing[$"{mail}"] = failure;
    }

    private void Arrive(int mails)
    {
        for (var i = 0; i < mails; i++)
            history.Add(history.Count + 1);
    }

    private static string Name(long mail) => mail.ToString(CultureInfo.InvariantCulture);

    /// <summary>While this mail is read, another reads on.</summary>
    private sealed class Elsewhere : Exception;

    private sealed class Meters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }

    /// <summary>What is logged.</summary>
    private sealed class Heard : ILogger
    {
        public List<string> Logged { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Logged.Add(formatter(state, exception));
    }
}
