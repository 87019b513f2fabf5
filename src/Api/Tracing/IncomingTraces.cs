using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace FteAgent.Api.Tracing;

/// <summary>
/// What becomes of a trace that a request says it belongs to. The request comes from outside, and whoever sends it could choose the id under
/// which we record, force or forbid that we do, and have their own words (<c>baggage</c>) carried on to other systems. So a request starts a
/// trace of its own, as W3C Trace Context (4.3, "restart") allows at a trust boundary. Everything but HTTP headers passes as usual.
/// </summary>
internal sealed class IncomingTraces(DistributedContextPropagator inner) : DistributedContextPropagator
{
    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Fields => inner.Fields;

    /// <inheritdoc/>
    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter) => inner.Inject(activity, carrier, setter);

    /// <inheritdoc/>
    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState)
    {
        (traceId, traceState) = (null, null);
        if (carrier is not IHeaderDictionary)
            inner.ExtractTraceIdAndState(carrier, getter, out traceId, out traceState);
    }

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) =>
        carrier is IHeaderDictionary ? null : inner.ExtractBaggage(carrier, getter);
}
