using FteAgent.Engine.CodeGeneration;

namespace FteAgent.Engine;

/// <summary>Takes the responses of calls that came from other silos, to send them back there.</summary>
internal interface IResponseSink
{
    /// <summary>
    /// Called once for each request, on any thread and often in a turn of the grain: to be quick, and not to throw. The
    /// bytes are those that <see cref="Wire.ReadResponse"/> reads; they are the caller's again when this returns.
    /// </summary>
    void Respond(GrainRequest request, ReadOnlySpan<byte> response);
}
