using System.Collections.Immutable;
using System.Diagnostics;
using FteAgent.Telemetry;
using Microsoft.Extensions.Logging;

namespace FteAgent.Answering;

/// <summary>
/// The models of this deployment, one after another: the next is asked where the one before cannot be had, or takes the time that is left for it. The
/// last may be the one that quotes, which always can.
/// </summary>
/// <param name="models">The models, at least one.</param>
/// <param name="cores">Turns for those that compute here.</param>
/// <param name="metrics">Times each call.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Hears why a next one is asked.</param>
internal sealed partial class ModelChain(ImmutableArray<IChatModel> models, Cores cores, AnsweringMetrics metrics, TimeProvider time, ILogger<ModelChain> logger)
{
    /// <summary>With less time than this a model elsewhere is not begun with.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>The model that is asked first.</summary>
    public string Name => models[0].Name;

    /// <summary>Whether what they are given leaves this deployment.</summary>
    public bool LeavesTheDeployment => models.Any(model => model.LeavesTheDeployment);

    /// <summary>Drafts by the first of them that can be had.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="tools">What they may look up.</param>
    /// <param name="answerBy">When the last must have its turn, so that its answer is still in time.</param>
    /// <param name="cancellationToken">Ends it all.</param>
    public async Task<Draft> Draft(DraftRequest request, IDraftTools tools, DateTimeOffset answerBy, CancellationToken cancellationToken)
    {
        for (var place = 0; place + 1 < models.Length; place++)
        {
            // Those elsewhere share what is left: of two that hang, the first must not take it all.
            var share = (answerBy - time.GetUtcNow()) / models.Skip(place).SkipLast(1).Count();
            if (share < Shortest)
            {
                LogNext(logger, null, models[place].Name, "no time is left", models[place + 1].Name);
                continue;
            }

            using var limit = new CancellationTokenSource(share, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
            try
            {
                return await Ask(models[place], request with { TimeIsOver = limit.Token }, tools, both.Token);
            }
            catch (ModelUnavailableException unavailable)
            {
                LogNext(logger, null, models[place].Name, unavailable.Message, models[place + 1].Name);
            }
            catch (Exception ended) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                LogNext(logger, null, models[place].Name, $"its time was over: {ended.GetType().Name}", models[place + 1].Name);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogNext(logger, failure, models[place].Name, "it broke off", models[place + 1].Name);
            }
        }

        return await Ask(models[^1], request, tools, cancellationToken);
    }

    private async Task<Draft> Ask(IChatModel model, DraftRequest request, IDraftTools tools, CancellationToken cancellationToken)
    {
        using var step = Traces.Begin("model");
        step?.SetTag("fte.model", model.Name);
        var since = Stopwatch.GetTimestamp();
        try
        {
            var draft = model.LeavesTheDeployment
                ? await model.Draft(request, tools, cancellationToken)
                : await cores.Take(() => model.Draft(request, tools, cancellationToken), cancellationToken);
            metrics.Asked(model.Name, null, since);
            return draft.Model.Length > 0 ? draft : draft with { Model = model.Name };
        }
        catch (Exception failure)
        {
            metrics.Asked(model.Name, failure, since);
            throw;
        }
    }

    [LoggerMessage(2012, LogLevel.Warning, "The model {Model} could not be had ({Cause}); {Next} is asked.")]
    private static partial void LogNext(ILogger logger, Exception? failure, string model, string cause, string next);
}
