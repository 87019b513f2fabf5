using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime
{
    /// <summary>A timer of one activation.</summary>
    public interface IGrainTimer : IDisposable
    {
        /// <summary>Sets when it ticks next, and how often from then on.</summary>
        void Change(TimeSpan dueTime, TimeSpan period);
    }

    /// <summary>How a grain timer ticks.</summary>
    public readonly struct GrainTimerCreationOptions()
    {
        /// <summary>Makes one from its times.</summary>
        [SetsRequiredMembers]
        public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period) : this() => (DueTime, Period) = (dueTime, period);

        /// <summary>The time until the first tick.</summary>
        public required TimeSpan DueTime { get; init; }

        /// <summary>The time from the end of one tick to the next; infinite for a single tick.</summary>
        public required TimeSpan Period { get; init; }

        /// <summary>Whether ticks may run between the turns of calls and of other ticks.</summary>
        public bool Interleave { get; init; }

        /// <summary>Whether ticks keep the grain from being collected as idle.</summary>
        public bool KeepAlive { get; init; }
    }
}

namespace Orleans.Timers
{
    using Orleans.Runtime;

    /// <summary>Makes timers.</summary>
    public interface ITimerRegistry
    {
        /// <summary>Makes a timer that ticks in turns of an activation.</summary>
        IGrainTimer RegisterGrainTimer<TState>(
            IGrainContext grainContext, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options);
    }
}
