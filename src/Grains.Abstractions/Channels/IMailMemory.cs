using FteAgent.Conversations;

namespace FteAgent.Channels;

/// <summary>
/// How much memory the mails take that are in work on this silo, by whichever road they came. Anybody may send large mails at once; they wait for
/// each other, and nothing else does.
/// </summary>
public interface IMailMemory
{
    /// <summary>Waits until there is room for a mail, which then has it until what is returned is disposed of.</summary>
    /// <param name="bytes">Its size over the wire. What is larger than all there is gets all.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="RecordUnavailableException">Too many wait already; it should be brought again.</exception>
    ValueTask<IDisposable> Enter(long bytes, CancellationToken cancellationToken);
}
