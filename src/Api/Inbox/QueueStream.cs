using FteAgent.Answering;
using FteAgent.Api.Live;
using FteAgent.Api.Operators;
using FteAgent.Conversations;
using FteAgent.Operators;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace FteAgent.Api.Inbox;

/// <summary>Tells the console when the list of those who need a person changes: how many wait, and who came last.</summary>
internal sealed class QueueStream(IInboxQueries inbox, IOperatorDirectory operators, ILiveSignals live, TimeProvider time, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(1);

    /// <summary>Any commit anywhere may change the list, and a busy fleet commits all the time: no console looks more often than this.</summary>
    private static readonly TimeSpan LookAtMostEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>Streams until the reader leaves, may no longer read, or this silo stops.</summary>
    public async Task Run(HttpContext context)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        await using var stream = new EventStream(context, time);
        using var watch = live.Watch(null);
        try
        {
            await stream.Open();
            QueueView? sent = null;
            var permit = new StreamPermit(context.Request, operators, time);
            while (await permit.Holds(ending.Token))
            {
                var lookedAt = time.GetTimestamp();
                var now = QueueView.Of(await inbox.Waiting(ending.Token));
                if (now != sent)
                {
                    await stream.Send("queue", now);
                    sent = now;
                }

                await watch.Next(PollEvery, ending.Token);
                // What is signalled meanwhile is seen by the look that follows.
                if (LookAtMostEvery - time.GetElapsedTime(lookedAt) is { Ticks: > 0 } early)
                    await Task.Delay(early, time, ending.Token);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
        }
        catch (RecordUnavailableException) when (context.Response.HasStarted)
        {
            // It cannot become a 503 any more. The page comes back for what it lacks, and is told to wait then.
        }
    }

    private sealed record QueueView(int Waiting, QueuedConversation? Conversation)
    {
        public static QueueView Of(WaitingForPerson waiting) => new(
            waiting.Count,
            waiting.Latest is { } latest
                ? new(latest.Customer.ToString(), latest.Subject, latest.Escalation.Reason, latest.Escalation.Urgency)
                : null);
    }

    private sealed record QueuedConversation(string Id, string Subject, EscalationReason Reason, Urgency Urgency);
}
