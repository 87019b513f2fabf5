using FteAgent.Channels.Email.Gmail;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FteAgent.Channels.Email;

/// <summary>
/// Whether mail goes out and comes in, by what happened last; where nothing was tried for a while it tries to get in, and sends nothing. It
/// merely helps: messages are taken whatever it says.
/// </summary>
internal sealed class MailHealth(IMailTransport transport, MailTries tries, MailOptions options, IMailboxCursors cursors, TimeProvider time) : IHealthCheck
{
    public const string Name = "email";

    /// <summary>Anyone may ask, so the mail server is not asked at each time.</summary>
    private static readonly TimeSpan TriedFor = TimeSpan.FromMinutes(5);

    /// <summary>What failed may be mended by now.</summary>
    private static readonly TimeSpan FaultFor = TimeSpan.FromMinutes(1);

    /// <summary>The mailbox is read each minute.</summary>
    private static readonly TimeSpan ReadWithin = TimeSpan.FromMinutes(5);

    /// <summary>Within the time in which whoever asks wants to be answered.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly DateTimeOffset startedAt = time.GetUtcNow();

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (await Sending(cancellationToken).ConfigureAwait(false) is { } fault)
            return HealthCheckResult.Degraded($"Mail is not sent: {fault}.");
        return options.Gmail is { } gmail ? await Reading(gmail, cancellationToken).ConfigureAwait(false) : HealthCheckResult.Healthy();
    }

    private async Task<string?> Sending(CancellationToken cancellationToken)
    {
        if (tries.Last is { } last && time.GetUtcNow() - last.At < (last.Fault is null ? TriedFor : FaultFor))
            return last.Fault;
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            tries.Note(await transport.Fault(both.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            tries.Note("the mail server did not answer in time");
        }

        return tries.Last?.Fault;
    }

    private async Task<HealthCheckResult> Reading(GmailOptions gmail, CancellationToken cancellationToken)
    {
        var readAt = (await cursors.Find(gmail.Address, cancellationToken).ConfigureAwait(false))?.ReadAt;
        var quiet = time.GetUtcNow() - (readAt > startedAt ? readAt.Value : startedAt);
        return quiet < ReadWithin ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded($"The mailbox was not read for {quiet.TotalMinutes:0} minutes; see event 6001.");
    }
}
