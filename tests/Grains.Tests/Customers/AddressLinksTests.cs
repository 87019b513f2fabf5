using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Customers;

/// <summary>Codes, and wishes for codes, that come as messages: a channel brings each of them again, and several at once.</summary>
public sealed partial class AddressLinksTests : IAsyncLifetime
{
    private const string Address = "mira@example.com";
    private const string Phone = "+4915155550001";

    private readonly Mails mails = new();
    private Conversations.Support support = null!;

    private ChannelIntake Intake => ActivatorUtilities.CreateInstance<ChannelIntake>(support.Silo);

    private AddressLinks Links => support.Silo.GetRequiredService<AddressLinks>();

    private ICustomerDirectory Customers => support.Silo.GetRequiredService<ICustomerDirectory>();

    public async Task InitializeAsync() => support = await Conversations.Support.Open(services => services.AddSingleton<IChannelSender>(mails));

    public async Task DisposeAsync() => await support.DisposeAsync();

    [Fact]
    public async Task Wish_for_a_code_may_be_the_first_that_somebody_writes()
    {
        await Intake.Take(Typed("link", $"link {Address}"), default);

        var mira = await Mira();
        Assert.Contains("I've sent a six-digit code", Said(await support.Load(mira)), StringComparison.Ordinal);
        await Intake.Take(Typed("code", await mails.Code(support)), default);
        Assert.Equal(mira, await Owner());
    }

    [Fact]
    public async Task Wish_that_is_brought_ten_times_at_once_sends_one_code_and_is_answered_once()
    {
        await TenTimes("link", $"link {Address}");

        await mails.Code(support);
        Assert.Single(mails.Texts);
        Assert.Equal(2, (await support.Load(await Mira())).LastSequence);
    }

    [Fact]
    public async Task Wish_whose_silo_ended_before_the_conversation_knew_of_it_ends_as_it_began()
    {
        var mira = await Mira();
        Assert.Equal(LinkOutcome.CodeSent, (await Links.Typed(mira, Channel.WhatsApp, "link", $"link {Address}", true, true, default))!.Outcome);

        await Intake.Take(Typed("link", $"link {Address}"), default);

        var code = await mails.Code(support);
        Assert.Single(mails.Texts);
        await Intake.Take(Typed("code", code), default);
        Assert.Equal(mira, await Owner());
    }

    [Fact]
    public async Task Right_code_that_is_brought_ten_times_at_once_is_right_and_stays_no_message()
    {
        await Intake.Take(Typed("link", $"link {Address}"), default);
        var code = await mails.Code(support);

        await TenTimes("code", code);

        var conversation = await support.Settled(await Mira());
        Assert.Contains("that's the right code", Said(conversation), StringComparison.Ordinal);
        Assert.Equal(4, conversation.LastSequence);
        Assert.DoesNotContain(conversation.Recent, message => message.Text.Contains(code, StringComparison.Ordinal));
        Assert.Empty(conversation.Tickets);
    }

    [Fact]
    public async Task Right_code_whose_silo_ended_before_the_conversation_knew_of_it_is_right_when_it_comes_again()
    {
        await Intake.Take(Typed("link", $"link {Address}"), default);
        var (mira, code) = (await Mira(), await mails.Code(support));
        Assert.Equal(LinkOutcome.Proved, (await Links.Typed(mira, Channel.WhatsApp, "code", code, true, true, default))!.Outcome);

        await Intake.Take(Typed("code", code), default);

        var conversation = await support.Settled(mira);
        Assert.Contains("that's the right code", Said(conversation), StringComparison.Ordinal);
        Assert.DoesNotContain(conversation.Recent, message => message.Text.Contains(code, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Wrong_code_that_is_brought_ten_times_at_once_leaves_the_right_one_good()
    {
        await Intake.Take(Typed("link", $"link {Address}"), default);
        var code = await mails.Code(support);

        await TenTimes("wrong", code == "000000" ? "000001" : "000000");
        await Intake.Take(Typed("code", code), default);

        Assert.Equal(await Mira(), await Owner());
        Assert.Equal(6, (await support.Load(await Mira())).LastSequence);
    }

    [Fact]
    public async Task Other_digits_under_the_id_of_a_code_are_looked_at_by_nobody_and_a_code_that_comes_again_is_counted_once()
    {
        const string other = "other@example.com";
        var counted = 0L;
        using var listener = new MeterListener { InstrumentPublished = (instrument, listening) => listening.EnableMeasurementEvents(instrument) };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            if (instrument.Name == "fte.codes.given" && ReferenceEquals(instrument.Meter.Scope, support.Silo.GetRequiredService<IMeterFactory>()))
                Interlocked.Add(ref counted, value);
        });
        listener.Start();
        await Intake.Take(Typed("link", $"link {Address}"), default);
        var code = await mails.Code(support);
        await Intake.Take(Typed("link2", $"link {other}"), default);
        await support.Until(() => Task.FromResult(mails.Texts.Count == 2));
        var second = await mails.Code(support);

        await Intake.Take(Typed("code", code), default);
        await Intake.Take(Typed("code", second), default);
        for (var i = 0; i < 3; i++)
            await Intake.Take(Typed("code", code), default);

        Assert.Equal(await Mira(), await Owner());
        Assert.Equal(6, (await support.Load(await Mira())).LastSequence);
        Assert.Equal(1, Interlocked.Read(ref counted));
        // It is as good as ever where it can be seen.
        await Intake.Take(Typed("code2", second), default);
        Assert.Equal(await Mira(), await Customers.Resolve(new(IdentifierKind.Email, other, Proved: true), new(""), default));
    }

    private Task TenTimes(string id, string text) => Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Intake.Take(Typed(id, text), default))));

    private InboundMessage Typed(string id, string text) => new(Channel.WhatsApp, id, new(IdentifierKind.Phone, Phone, Proved: true, "Mira"), text, support.Time.GetUtcNow());

    private Task<CustomerId> Mira() => Customers.Resolve(new(IdentifierKind.Phone, Phone, Proved: true), new(""), default);

    private Task<CustomerId> Owner() => Customers.Resolve(new(IdentifierKind.Email, Address, Proved: true), new(""), default);

    private static string Said(Conversation conversation) => string.Join('\n', Conversations.Support.Replies(conversation).Select(message => message.Text));

    private sealed partial class Mails : IChannelSender
    {
        public ConcurrentQueue<string> Texts { get; } = new();

        public string Destination => OutboundMessage.Email;

        public Task<SendResult> Send(OutboxItem item, CancellationToken cancellationToken)
        {
            Texts.Enqueue(JsonSerializer.Deserialize<OutboundMessage>(item.Payload, OutboundMessage.Json)!.Text);
            return Task.FromResult(SendResult.Sent);
        }

        public async Task<string> Code(Conversations.Support support)
        {
            await support.Until(() => Task.FromResult(!Texts.IsEmpty));
            var code = SixDigits().Match(Texts.Last()).Value;
            TestLogs.Secret(code);
            return code;
        }

        [GeneratedRegex(@"\b\d{6}\b")]
        private static partial Regex SixDigits();
    }
}
