using System.Collections.Immutable;
using Confluent.Kafka;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ErrorCode = Confluent.Kafka.ErrorCode;

namespace FteAgent.Kafka;

/// <summary>
/// Sees to it that the topics are there, and knows whether the broker is. It makes what is missing when the silo starts; what it may not make it
/// names, and looks again each minute until somebody has. Nothing waits for it, and nothing that it meets ends the silo.
/// </summary>
internal sealed partial class TopicWatch(
    KafkaAdmin admin, TopicSetup setup, GroupMember member, DeadLetterBox dead, TimeProvider time, ILogger<TopicWatch> logger) : BackgroundService, IHealthCheck
{
    /// <summary>What the health check is called.</summary>
    public const string Name = "kafka";

    private static readonly TimeSpan Each = TimeSpan.FromMinutes(1);

    /// <summary>Anyone may ask for readiness, and asking the broker costs it something.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim one = new(1);
    private HealthCheckResult known = HealthCheckResult.Degraded("Kafka was not asked yet.");
    private long? knownAt;
    private ImmutableArray<string> told = [];

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (knownAt is not { } at || time.GetElapsedTime(at) >= KeptFor)
                (known, knownAt) = (Answer(Look().Facts), time.GetTimestamp());
            return known;
        }
        finally
        {
            one.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        one.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The first look may wait for the broker, and the start for nobody.
        await Task.Yield();
        try
        {
            while (!await Tend().ConfigureAwait(false))
                await Task.Delay(Each, time, stoppingToken).ConfigureAwait(false);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // Whatever was cut off by it.
        }
    }

    /// <summary>Makes what is missing, and says whether all is there.</summary>
    private async Task<bool> Tend()
    {
        try
        {
            var (facts, cause) = Look();
            if (facts is null)
            {
                LogAway(logger, cause);
                return false;
            }

            var made = await setup.Make(admin.Client, facts.Missing).ConfigureAwait(false);
            if (made.Made.Length > 0)
                LogMade(logger, string.Join(", ", made.Made));
            var missing = made.Refused.Select(each => each.Topic).ToImmutableArray();
            if (missing.Length > 0 && !missing.SequenceEqual(told))
                LogMissing(logger, string.Join(", ", missing), made.Refused[0].Code);
            told = missing;
            var tooLong = await setup.KeptTooLong(admin.Client, facts.Present.Keys).ConfigureAwait(false);
            if (tooLong.Length > 0)
                LogKeptTooLong(logger, string.Join(", ", tooLong), KafkaTopics.Retention.TotalDays);
            return missing.Length == 0;
        }
        catch (Exception failure)
        {
            LogAway(logger, failure.GetType().Name);
            return false;
        }
    }

    private (TopicFacts? Facts, string Cause) Look()
    {
        try
        {
            return (setup.Look(admin.Client), "");
        }
        catch (Exception away)
        {
            return (null, away is KafkaException kafka ? kafka.Error.Code.ToString() : away.GetType().Name);
        }
    }

    /// <summary>Unhealthy is what keeps messages from being taken, where they come in through here; whether that matters is not decided here.</summary>
    private HealthCheckResult Answer(TopicFacts? facts) => facts switch
    {
        null => HealthCheckResult.Unhealthy("The broker does not answer."),
        { Missing: { Length: > 0 } missing } => new(
            missing.Any(topic => KafkaTopics.ChannelOfTopic(topic) is not null) ? HealthStatus.Unhealthy : HealthStatus.Degraded, $"{missing.Length} topics are missing."),
        _ when dead.HasRefusedLately => HealthCheckResult.Degraded($"{KafkaTopics.DeadLetters} refuses records: what cannot be taken waits, and its partition with it."),
        _ when member.Trouble() is { } trouble => HealthCheckResult.Degraded(trouble),
        _ => HealthCheckResult.Healthy(),
    };

    [LoggerMessage(3040, LogLevel.Information, "Made the topics {Topics}.")]
    private static partial void LogMade(ILogger logger, string topics);

    [LoggerMessage(3041, LogLevel.Warning, "The topics {Topics} are missing and could not be made ({Code}). Make them with 'silo kafka topics' and a user who may, or by your broker's own means.")]
    private static partial void LogMissing(ILogger logger, string topics, ErrorCode code);

    [LoggerMessage(3042, LogLevel.Warning, "Kafka does not answer ({Code}): nothing comes from it, and nothing can be told.")]
    private static partial void LogAway(ILogger logger, string code);

    [LoggerMessage(3043, LogLevel.Warning, "The topics {Topics} keep records longer than {Days} days, and so the words of people who were erased. Set their retention.ms and segment.ms, which count together.")]
    private static partial void LogKeptTooLong(ILogger logger, string topics, double days);
}
