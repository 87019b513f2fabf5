using FteAgent.Channels.Email.Gmail;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Testing;
using FteAgent.Testing.Mail;
using FteAgent.Tickets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace FteAgent.Channels.Email;

/// <summary>Gmail tells of what arrives for a week, and goes on to because it is asked again. What it does not tell is found by asking.</summary>
public sealed class MailboxWatchTests : IMailboxCursors, IInboundRoad, IAsyncLifetime
{
    private const string Asking = "POST /gmail/v1/users/me/watch";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly FakeTime time = new();
    private readonly HttpClient http = new();
    private readonly List<string> taken = [];
    private FakeGmail gmail = null!;
    private ServiceProvider services = null!;
    private MailboxGrain mailbox = null!;
    private MailboxCursor? cursor;

    public async Task InitializeAsync()
    {
        gmail = await FakeGmail.Start(time);
        Open("projects/p/topics/t");
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        await services.DisposeAsync();
        await gmail.DisposeAsync();
        Assert.Empty(gmail.Faults);
    }

    [Fact]
    public async Task Watch_is_renewed_each_day_and_never_ends()
    {
        await Hourly(8 * Day);

        Assert.Equal(8, gmail.Watches.Count);
        Assert.All(Between(gmail.Watches), gap => Assert.Equal(Day, gap));
    }

    [Fact]
    public async Task Mailbox_that_is_read_from_another_silo_is_watched_from_there_at_once_and_never_ends_to_be()
    {
        await Hourly(3 * Day + 5 * Hour);
        var moved = time.GetUtcNow();

        Move();
        await Hourly(8 * Day);

        Assert.Equal([moved, moved + Day, moved + 2 * Day], gmail.Watches.Where(at => at >= moved).Take(3));
        Assert.All(Between(gmail.Watches), gap => Assert.InRange(gap, 5 * Hour, Day));
    }

    [Fact]
    public async Task Watch_that_ended_while_no_silo_ran_is_had_again_at_once_and_nothing_is_missing()
    {
        await mailbox.Poll();
        time.Advance(10 * Day);
        Assert.False(gmail.Tells);
        gmail.Arrive(Mail("1"));

        Move();
        await mailbox.Poll();

        Assert.True(gmail.Tells);
        Assert.Equal(["1"], taken);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task Watch_that_fails_is_asked_for_again_after_ten_minutes_and_mails_are_read_each_minute_meanwhile(int status)
    {
        for (var i = 0; i < 3; i++)
            gmail.Fail("/watch", status);
        await mailbox.Poll();
        var asked = new List<int> { 0 };

        for (var minute = 1; minute <= 40; minute++)
        {
            time.Advance(Minute);
            gmail.Arrive(Mail($"{minute}"));
            var before = Asked();
            await mailbox.Poll();
            Assert.Equal($"{minute}", taken[^1]);
            if (Asked() > before)
                asked.Add(minute);
        }

        Assert.Equal([0, 10, 20, 30], asked);
        Assert.Equal(40, taken.Count);
        Assert.True(gmail.Tells);
    }

    [Fact]
    public async Task Renewal_that_fails_is_made_up_for_long_before_the_watch_ends()
    {
        await Hourly(Day);
        gmail.Fail("/watch", 503);

        for (var minute = 0; minute <= 20; minute++)
        {
            await mailbox.Poll();
            Assert.True(gmail.Tells);
            time.Advance(Minute);
        }

        Assert.Equal([Day + 10 * Minute], Between(gmail.Watches));
    }

    [Fact]
    public async Task Watch_that_ends_sooner_than_gmail_says_is_renewed_before_it_does()
    {
        gmail.WatchHolds = TimeSpan.FromHours(12);

        await Hourly(3 * Day);

        Assert.All(Between(gmail.Watches), gap => Assert.Equal(6 * Hour, gap));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("soon")]
    [InlineData("9223372036854775807")]
    public async Task Watch_whose_end_makes_no_sense_keeps_nobodys_mail_and_is_not_asked_for_with_each_of_them(string ends)
    {
        gmail.WatchEnds = ends;
        await mailbox.Poll();
        for (var i = 1; i <= 15; i++)
        {
            time.Advance(Minute);
            await mailbox.Wake(gmail.Arrive(Mail($"{i}")));
        }

        Assert.Equal(15, taken.Count);
        Assert.Equal(2, Asked());
    }

    [Fact]
    public async Task What_is_no_token_costs_the_watch_ten_minutes_and_the_mailbox_is_read_all_the_same()
    {
        gmail.InsteadOfToken = "<html>Sign in to this network</html>";

        await mailbox.Poll();

        Assert.False(gmail.Tells);
        Assert.NotNull(cursor);
        time.Advance(10 * Minute);
        await mailbox.Poll();
        Assert.True(gmail.Tells);
    }

    [Fact]
    public async Task Without_a_topic_the_mailbox_is_read_and_nothing_is_watched()
    {
        await services.DisposeAsync();
        Open(topic: null);
        await mailbox.Poll();

        time.Advance(2 * Day);
        gmail.Arrive(Mail("1"));
        await mailbox.Poll();

        Assert.Equal(["1"], taken);
        Assert.Equal(0, Asked());
    }

    Task<MailboxCursor?> IMailboxCursors.Find(string address, CancellationToken cancellationToken) => Task.FromResult(cursor);

    Task<bool> IMailboxCursors.Move(string address, long? from, long to, CancellationToken cancellationToken)
    {
        if (cursor?.Position != from)
            return Task.FromResult(false);
        cursor = new(to, time.GetUtcNow());
        return Task.FromResult(true);
    }

    Task<CustomerId> IInboundRoad.CustomerOf(CustomerIdentifier session, CustomerProfile profile, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<Accepted> IInboundRoad.Take(InboundMessage inbound, CancellationToken cancellationToken)
    {
        taken.Add(inbound.Text);
        return Task.FromResult(new Accepted(AcceptOutcome.Stored, MessageId.Of(inbound.Channel, inbound.ChannelMessageId), 1, TicketId.Mint(time), inbound.ReceivedAt));
    }

    private void Open(string? topic)
    {
        var options = new GmailOptions(FakeGmail.Address, FakeGmail.Client, FakeGmail.Secret, FakeGmail.Refresh, topic) { Api = gmail.Url, TokenEndpoint = new(gmail.Url, "/token") };
        services = new ServiceCollection().AddMetrics().AddSingleton<MailboxMetrics>()
            .AddSingleton(_ => new GmailTokens(http, options, time))
            .AddSingleton<IMailbox>(provider => new GmailMailbox(new(http, provider.GetRequiredService<GmailTokens>(), options), options, new MailMemory()))
            .AddSingleton<IMailboxCursors>(this)
            .AddSingleton(new MailIntake(Given.Reader, this, null!, null!, time))
            .BuildServiceProvider();
        Move();
    }

    /// <summary>The grain lives on in another place, where nothing is known but what the record says.</summary>
    private void Move() => mailbox = new(services, MailboxTimes.Default, time, NullLogger<MailboxGrain>.Instance);

    private async Task Hourly(TimeSpan duration)
    {
        for (var end = time.GetUtcNow() + duration; time.GetUtcNow() < end; time.Advance(Hour))
        {
            await mailbox.Poll();
            Assert.True(gmail.Tells);
        }

        // The hour that has just passed, too.
        Assert.True(gmail.Tells);
    }

    private int Asked() => gmail.Asked.Count(each => each == Asking);

    private static IEnumerable<TimeSpan> Between(List<DateTimeOffset> moments) => moments.Zip(moments.Skip(1), (one, next) => next - one);

    private static string Mail(string text) =>
        $"Authentication-Results: mx.google.com; dmarc=pass header.from=example.com\nFrom: ana@example.com\nTo: {FakeGmail.Address}\nSubject: Backup\nMessage-ID: <{text}@example.com>\n\n{text}\n";
}
