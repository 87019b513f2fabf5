using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FteAgent.Channels.WhatsApp;

/// <summary>Says whether answers can go by WhatsApp. Where they cannot they wait, and messages are taken all the same.</summary>
internal sealed class WhatsAppHealth(WhatsAppExamination examination, TimeProvider time) : IHealthCheck
{
    public const string Name = "whatsapp";

    /// <summary>Anyone may ask us, and Twilio counts what we ask it.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private WhatsAppStanding known = WhatsAppStanding.Active;
    private long? knownAt;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (knownAt is not { } at || time.GetElapsedTime(at) >= KeptFor)
            (known, knownAt) = (await Look(cancellationToken), time.GetTimestamp());
        return known switch
        {
            WhatsAppStanding.Active => HealthCheckResult.Healthy(),
            WhatsAppStanding.Refused => HealthCheckResult.Degraded("Twilio does not take the account's token: answers by WhatsApp wait."),
            WhatsAppStanding.Suspended => HealthCheckResult.Degraded("The account at Twilio is not active: answers by WhatsApp wait."),
            _ => HealthCheckResult.Degraded("Twilio does not answer: answers by WhatsApp wait."),
        };
    }

    private async Task<WhatsAppStanding> Look(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await examination.Look(both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return WhatsAppStanding.Unreachable;
        }
    }
}
