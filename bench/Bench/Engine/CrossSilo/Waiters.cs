using System.Threading.Tasks.Sources;

namespace FteAgent.Bench.Engine.CrossSilo;

/// <summary>One place for each caller to wait for its response, used again and again.</summary>
internal sealed class Waiters
{
    private readonly Waiter[] _waiters = [.. Enumerable.Range(0, Load.Callers).Select(_ => new Waiter())];

    public ValueTask Wait(int caller) => _waiters[caller].Wait();

    /// <summary>The response has come. The caller goes on elsewhere: whoever reads the network must not run callers' code.</summary>
    public void Answer(int caller) => _waiters[caller].Answer();

    private sealed class Waiter : IValueTaskSource
    {
        private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };

        public ValueTask Wait()
        {
            _core.Reset();
            return new(this, _core.Version);
        }

        public void Answer() => _core.SetResult(true);

        void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

        ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

        void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _core.OnCompleted(continuation, state, token, flags);
    }
}
