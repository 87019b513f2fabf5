namespace FteAgent.Jobs;

/// <summary>Computes on a thread of its own that lets all others go first: customers wait for those, and for this nobody does.</summary>
internal static class QuietThread
{
    /// <summary>Does the work there.</summary>
    /// <param name="name">The thread's name.</param>
    /// <param name="work">The work; it is not awaited anywhere else.</param>
    public static Task<T> Run<T>(string name, Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        })
        { IsBackground = true, Name = name, Priority = ThreadPriority.BelowNormal }.Start();
        return done.Task;
    }
}
