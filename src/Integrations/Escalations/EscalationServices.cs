using FteAgent.Conversations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FteAgent.Escalations;

/// <summary>Adds the outgoing escalation URL.</summary>
public static class EscalationServices
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Posts each escalation to the configured address.</summary>
    public static void AddEscalationUrl(this IServiceCollection services, EscalationUrlOptions options) =>
        services.AddSingleton<IChannelSender>(provider => new EscalationUrlSender(
            // A redirect could lead the secret-bearing post anywhere, so none is followed.
            new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = ConnectionLifetime }),
            options,
            provider.GetRequiredService<ILogger<EscalationUrlSender>>()));
}
