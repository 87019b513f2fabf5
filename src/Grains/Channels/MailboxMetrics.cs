using System.Diagnostics.Metrics;
using FteAgent.Telemetry;

namespace FteAgent.Channels;

/// <summary>What reading a mailbox counts.</summary>
internal sealed class MailboxMetrics
{
    private long left;

    public MailboxMetrics(IMeterFactory meters) =>
        // Told from the start, as 0: where the first of them made the series, nobody would see it rise.
        meters.Create(Traces.Name).CreateObservableCounter(
            "fte.mails.left", () => Left, "{mail}", "Mails that were tried often, could not be taken, and are left in the mailbox.");

    /// <summary>How many mails this silo has left in the mailbox.</summary>
    public long Left => Interlocked.Read(ref left);

    /// <summary>A mail is not come back to any more.</summary>
    public void Leaves() => Interlocked.Increment(ref left);
}
