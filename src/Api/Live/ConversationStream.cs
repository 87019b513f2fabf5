using System.Collections.Immutable;
using FteAgent.Api.Operators;
using FteAgent.Api.Support;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Operators;
using FteAgent.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace FteAgent.Api.Live;

/// <summary>
/// A conversation as it happens: reads the record from where the reader stopped, waits for a signal or a second, and reads again.
/// Any silo can serve it, because nothing but the record is read.
/// </summary>
internal sealed class ConversationStream(
    IConversationStore store, IIdentities identities, MessageCompanions companions, IOperatorDirectory operators, ILiveSignals live, StreamMetrics metrics,
    TimeProvider time, IHostApplicationLifetime lifetime)
{
    private const int BatchLimit = 200;
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(1);

    /// <summary>A change without a message, whose signal was lost, is seen this late.</summary>
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(15);

    /// <summary>Streams to an operator until they leave, may no longer read, or this silo stops (the reader then comes back, elsewhere).</summary>
    public Task RunForOperator(HttpContext context, CustomerId customer) => Run(context, FollowedConversation.Of(customer), forOperator: true);

    /// <summary>
    /// Streams to a customer. Where another conversation is theirs to follow by now, since they were merged or parted, an event says so
    /// (<c>moved</c>), and the stream ends: its places mean nothing there.
    /// </summary>
    public Task RunForCustomer(HttpContext context, FollowedConversation followed) => Run(context, followed, forOperator: false);

    private async Task Run(HttpContext context, FollowedConversation followed, bool forOperator)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        await using var stream = new EventStream(context, time);
        using var watch = live.Watch(followed.Shown);
        using var open = metrics.Open(forOperator ? StreamMetrics.Operator : StreamMetrics.Customer);
        try
        {
            await stream.Open();
            Traces.Leave();
            await Follow(stream, watch, followed, forOperator ? new(context.Request, operators, time) : null, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
        }
        catch (RecordUnavailableException) when (context.Response.HasStarted)
        {
            // It cannot become a 503 any more. The page comes back for what it lacks, and is told to wait then.
        }
    }

    private async Task Follow(EventStream stream, ILiveWatch watch, FollowedConversation followed, StreamPermit? permit, CancellationToken ending)
    {
        var forOperator = permit is not null;
        if (followed.After(stream.After) is not { } after)
        {
            await stream.Send("moved", new { });
            return;
        }

        var customer = followed.Shown;
        var version = -1L;
        var earlier = new EarlierWatch(store, includeNotes: forOperator);
        long? lookedAt = null;
        var told = ImmutableSortedDictionary<string, ImmutableArray<DeliveryView>>.Empty;
        var signalled = true;
        while (permit is null || await permit.Holds(ending))
        {
            var messages = await store.Read(customer, after, BatchLimit, forOperator, ending);
            Conversation? conversation = null;
            if (messages.Length > 0 || signalled || lookedAt is not { } looked || time.GetElapsedTime(looked) >= LookAgainAfter)
            {
                // Looked at after the messages were read, and before they are shown: none of them can be another person's unseen.
                conversation = await store.Load(customer, ending);
                if (!forOperator && await HasMoved(followed, conversation, ending))
                {
                    await stream.Send("moved", new { });
                    return;
                }
            }

            // Pages of our own send no files, so what came by them is not looked for.
            ImmutableArray<MessageId> received = forOperator
                ? [.. messages.Where(message => message is { Author.Kind: ActorKind.Customer, Channel: not Channel.Web }).Select(message => message.Id)] : [];
            var beside = received.IsEmpty ? null : await companions.Of(customer, received, told, ending);
            foreach (var message in messages)
            {
                after = message.Sequence;
                if (!followed.Shows(message))
                    continue;
                await stream.Send("message", beside?.Beside(message) ?? (forOperator ? MessageView.ForOperator(message) : MessageView.ForCustomer(message)), followed.EventId(message.Sequence));
            }

            if (conversation is not null)
            {
                if (conversation.HasEarlier && !followed.OwnOnly
                    && await earlier.HasNews((await identities.Group(customer, ending)).Remove(customer), ending))
                    await stream.Send("earlier", new { });
                if (conversation.Version != version)
                    await stream.Send("state", forOperator ? StateView.ForOperator(conversation) : followed.State(conversation));
                (version, lookedAt) = (conversation.Version, time.GetTimestamp());
                if (forOperator)
                    told = await TellDeliveries(stream, customer, told, ending);
            }

            if (messages.Length == BatchLimit)
                continue;
            var wake = await watch.Next(PollEvery, ending);
            signalled = wake.Signalled;
            if (wake.Status is { } status && !followed.IsElsewhere)
                await stream.Send("status", new StatusView(status));
        }
    }

    private async Task<ImmutableSortedDictionary<string, ImmutableArray<DeliveryView>>> TellDeliveries(
        EventStream stream, CustomerId customer, ImmutableSortedDictionary<string, ImmutableArray<DeliveryView>> told, CancellationToken ending)
    {
        var now = await companions.Deliveries(customer, ending);
        if (DeliveryNews.Since(told, now) is { } news)
            await stream.Send("deliveries", news);
        return now;
    }

    private async Task<bool> HasMoved(FollowedConversation followed, Conversation shown, CancellationToken cancellationToken) =>
        shown.IsGone
        || shown.Parted != followed.Parted
        || (followed.OwnOnly ? followed.IsElsewhere != OwnConversations.IsJoined(shown) : shown.MergedInto is not null)
        || (followed.Own != followed.Shown && await identities.Canonical(followed.Own, cancellationToken) != followed.Shown);

    private sealed record StatusView(string Text);
}
