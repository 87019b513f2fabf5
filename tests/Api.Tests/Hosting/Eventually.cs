namespace FteAgent.Api.Hosting;

/// <summary>Waits for what must come to pass: asks again and again, up to a limit that only a failure reaches.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(20);

    public static async Task<T> Get<T>(Func<Task<T>> look, Func<T, bool> wanted)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            var seen = await look();
            if (wanted(seen))
                return seen;
            Assert.False(limit.IsCancellationRequested, $"It did not come to pass within {Limit.TotalSeconds} s.");
            await Task.Delay(AskAgainAfter);
        }
    }

    public static Task Is(Func<bool> condition) => Get(() => Task.FromResult(condition()), met => met);
}
