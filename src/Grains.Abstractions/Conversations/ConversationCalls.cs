using FteAgent.Customers;
using FteAgent.Telemetry;

namespace FteAgent.Conversations;

/// <summary>
/// The one way to call a conversation: what the engine could not deliver is called again, so that nobody hears of a silo that died
/// while another one was about to take its place. Every act may be repeated, since each is known by its command's or message's id.
/// </summary>
/// <remarks>
/// Not a call filter: the engine may keep a request's arguments for as long as some silo works on it, and drop them when that one is
/// done, so the same request must not be sent twice. Here each attempt is a call of its own.
/// </remarks>
public sealed class ConversationCalls(IGrainFactory grains, TimeProvider time)
{
    /// <summary>How long calls are made again while a silo is not yet found dead.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(8);

    /// <summary>When a caller hears of it at the latest, even if the last call has not come back: most people's own patience ends at ten seconds.</summary>
    public static readonly TimeSpan HeardWithin = TimeSpan.FromSeconds(9);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(800);

    /// <summary>Calls a customer's conversation.</summary>
    /// <param name="customer">Whose it is.</param>
    /// <param name="act">The call; made again with the same ids where it did not arrive.</param>
    /// <param name="cancellationToken">Ends the pauses between calls; what was sent already may still be done.</param>
    public Task Act(CustomerId customer, Func<IConversationGrain, Task> act, CancellationToken cancellationToken) =>
        Act(customer, async grain =>
        {
            await act(grain);
            return true;
        }, cancellationToken);

    /// <inheritdoc cref="Act(CustomerId, Func{IConversationGrain, Task}, CancellationToken)"/>
    public async Task<T> Act<T>(CustomerId customer, Func<IConversationGrain, Task<T>> act, CancellationToken cancellationToken)
    {
        Traces.Send();
        var start = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await act(grains.GetGrain<IConversationGrain>(customer.ToString())).WaitAsync(Left(start), time, CancellationToken.None);
            }
            catch (Exception failure) when (IsOfTheWay(failure, cancellationToken) && time.GetElapsedTime(start) + pause < GiveUpAfter)
            {
                await Task.Delay(pause, time, cancellationToken);
            }
        }
    }

    private TimeSpan Left(long start) => HeardWithin - time.GetElapsedTime(start) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    // A silo that is gone, going, frozen or overloaded; a call that Orleans gave up while it still looked for a place for the grain is
    // told as a cancellation that nobody asked for. What the conversation itself throws is the caller's.
    private static bool IsOfTheWay(Exception failure, CancellationToken asked) =>
        failure is TimeoutException or OrleansException || (failure is OperationCanceledException && !asked.IsCancellationRequested);
}
