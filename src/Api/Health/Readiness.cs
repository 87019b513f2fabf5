using FteAgent.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace FteAgent.Api.Health;

/// <summary>
/// The one place that says what a health check may do to readiness. Three decide: whether this silo serves, whether it runs grains, and
/// whether it can store, which the road knows by which messages come in: the record, or Kafka with <c>INTAKE=kafka</c>. Everything else merely
/// helps (a model, a channel, pgvector, and of those two the other one): whatever such a check says, and however it fails, the silo is degraded
/// at most and goes on taking messages.
/// </summary>
/// <remarks>
/// A part that helps reports with a plain <c>services.AddHealthChecks().AddCheck&lt;KafkaCheck&gt;("kafka")</c>; nothing else is to be done.
/// Anyone may ask for readiness, so no check is asked more often than once a second, or twice at once, and none is waited for longer
/// than <see cref="Patience"/>.
/// </remarks>
internal sealed class Readiness(IServiceProvider services, TimeProvider time) : IPostConfigureOptions<HealthCheckServiceOptions>
{
    /// <summary>Whether this silo is starting or stopping. A balancer must see that at once, and it costs nothing to ask.</summary>
    public const string Serving = "serving";

    /// <summary>Whether this silo holds its lease.</summary>
    public const string Grains = "grains";

    /// <summary>Whether a message could be stored now; each record has its own check of this name.</summary>
    public const string Record = "record";

    /// <summary>How long an answer is waited for. The record's own patience is two seconds, and its sentence is the better one.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>How long an answer is kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public void PostConfigure(string? name, HealthCheckServiceOptions options)
    {
        string[] deciding = [Serving, Grains, services.GetService<IInboundRoad>()?.HealthCheck ?? Record];
        foreach (var registration in options.Registrations)
        {
            var (make, decides) = (registration.Factory, deciding.Contains(registration.Name, StringComparer.Ordinal));
            // Made once: what it remembers is the point of it.
            var check = new BoundedCheck(() => make(services), decides, registration.Name == Serving ? TimeSpan.Zero : KeptFor, time);
            registration.Factory = _ => check;
        }
    }
}
