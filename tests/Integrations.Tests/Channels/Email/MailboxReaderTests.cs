using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using FteAgent.Conversations;
using FteAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace FteAgent.Channels.Email;

/// <summary>Reading a mailbox on from its place, whatever goes wrong on the way.</summary>
public sealed class MailboxReaderTests : IMailbox, IMailboxCursors, IMailReader
{
    private const int PageSize = 2;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(4);

    private readonly FakeTime time = new();
    private readonly List<long> history = [];
    private readonly List<string> taken = [];
    private readonly List<long> places = [];
    private readonly Dictionary<string, Exception> failing = [];
    private readonly MailboxReader reader;
    private long? place = 0;
    private TimeSpan slow;
    private bool hasForgotten;

    public MailboxReaderTests() => reader = new(this, this, new(this, null!, null!, null!, time), time, NullLogger.Instance);

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
        Arrive(5);
        failing["4"] = new MailboxUnavailableException("away");

        await Assert.ThrowsAsync<MailboxUnavailableException>(Read);
        Assert.Equal(2, place);

        failing.Clear();
        Assert.True(await Read());
        Assert.Equal(["1", "2", "3", "4", "5"], taken);
        Assert.Equal(5, place);
    }

    [Fact]
    public async Task Record_that_goes_away_is_no_fault_of_a_mail()
    {
        Arrive(1);
        failing["1"] = new RecordUnavailableException("away");
        for (var i = 0; i < 10; i++)
            await Assert.ThrowsAsync<RecordUnavailableException>(Read);
        failing.Clear();

        Assert.True(await Read());

        Assert.Equal(["1"], taken);
    }

    [Fact]
    public async Task Mail_that_fails_by_itself_is_left_after_three_attempts_and_holds_up_nobody()
    {
        Arrive(3);
        failing["2"] = new FormatException("broken");

        await Assert.ThrowsAsync<MailboxUnavailableException>(Read);
        await Assert.ThrowsAsync<MailboxUnavailableException>(Read);
        Assert.True(await Read());

        Assert.Equal(["1", "3"], taken);
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

    public Task<long> Position(CancellationToken cancellationToken) => Task.FromResult((long)history.Count);

    public Task<MailboxNews?> Since(long position, string? page, CancellationToken cancellationToken)
    {
        if (hasForgotten)
            return Task.FromResult<MailboxNews?>(null);
        var after = page is null ? position : long.Parse(page, CultureInfo.InvariantCulture);
        var all = history.Where(each => each > after).ToList();
        var here = all.Take(PageSize).Select(Name).ToImmutableArray();
        return Task.FromResult<MailboxNews?>(all.Count > PageSize ? new(here, here[^1], all[PageSize - 1]) : new(here, null, Math.Max(position, history.Count)));
    }

    public Task<MailboxNews> Recent(DateTimeOffset since, string? page, CancellationToken cancellationToken)
    {
        Assert.InRange(time.GetUtcNow() - since, TimeSpan.FromHours(1), TimeSpan.FromDays(15));
        var skip = page is null ? 0 : int.Parse(page, CultureInfo.InvariantCulture);
        var here = history.AsEnumerable().Reverse().Skip(skip).Take(PageSize).Select(Name).ToImmutableArray();
        return Task.FromResult(new MailboxNews(here, skip + here.Length < history.Count ? $"{skip + here.Length}" : null, 0));
    }

    public Task<byte[]?> Fetch(string mail, CancellationToken cancellationToken)
    {
        time.Advance(slow);
        return failing.TryGetValue(mail, out var failure) && failure is MailboxUnavailableException
            ? Task.FromException<byte[]?>(failure)
            : Task.FromResult<byte[]?>(Encoding.ASCII.GetBytes(mail));
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
        return new(null, Refusal: "Kept here.");
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

    private Task<bool> Read() => reader.Read(Turn, default);

    private void Arrive(int mails)
    {
        for (var i = 0; i < mails; i++)
            history.Add(history.Count + 1);
    }

    private static string Name(long mail) => mail.ToString(CultureInfo.InvariantCulture);

    /// <summary>While this mail is read, another reads on.</summary>
    private sealed class Elsewhere : Exception;
}
