using FteAgent.Telemetry;

namespace FteAgent.Health;

/// <summary>Lets what a grain logs and stores belong to the trace of whoever called it, also on another silo and where nobody takes traces.</summary>
internal sealed class CallTraces : IIncomingGrainCallFilter
{
    /// <inheritdoc/>
    public Task Invoke(IIncomingGrainCallContext context) => Traces.Arrived ? GoOn(context) : context.Invoke();

    // Within a method of its own: what is going on here ends with it.
    private static async Task GoOn(IIncomingGrainCallContext context)
    {
        using var call = Traces.Arrive(context.MethodName);
        await context.Invoke();
    }
}
