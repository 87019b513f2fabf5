namespace FteAgent.Conversations;

/// <summary>What was given up in the <see cref="IOutbox"/>, for a person to bring back when its cause is mended.</summary>
public interface IGivenUp
{
    /// <summary>
    /// Has all that was given up for a destination tried again as if it were new, under the ids that it had. What was decided after it may have
    /// been sent already, so it comes behind that. Returns how many there were.
    /// </summary>
    /// <param name="destination">The destination.</param>
    /// <param name="cancellationToken">Ends the call early; then nothing has changed.</param>
    Task<long> BringBack(string destination, CancellationToken cancellationToken);
}
