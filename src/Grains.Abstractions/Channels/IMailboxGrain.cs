using Orleans.Concurrency;

namespace FteAgent.Channels;

/// <summary>
/// Reads one mailbox, one call at a time, on whichever silo it lives. Its key is the address in lower case. Callers do not wait: what arrived
/// stays in the mailbox until it is in the record, and whoever calls next finds it.
/// </summary>
[Alias("fte.IMailboxGrain")]
public interface IMailboxGrain : IGrainWithStringKey
{
    /// <summary>The provider says that something arrived, up to this place in the history. Calls may come twice, late or out of order.</summary>
    [OneWay]
    [Alias("Wake")]
    Task Wake(long position);

    /// <summary>Something may have arrived without our being told.</summary>
    [OneWay]
    [Alias("Poll")]
    Task Poll();
}
