using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace FteAgent.Answering;

/// <summary>Several models as one: the next is asked where the one before cannot be had. The last may be the one that quotes, which always can.</summary>
internal sealed partial class ModelChain(ImmutableArray<IChatModel> models, ILogger<ModelChain> logger) : IChatModel
{
    /// <inheritdoc/>
    public string Name => models[0].Name;

    /// <inheritdoc/>
    public bool LeavesTheDeployment { get; } = models.Any(model => model.LeavesTheDeployment);

    /// <inheritdoc/>
    public async Task<Draft> Draft(DraftRequest request, IDraftTools tools, CancellationToken cancellationToken)
    {
        for (var place = 0; ; place++)
        {
            try
            {
                var draft = await models[place].Draft(request, tools, cancellationToken);
                return draft.Model.Length > 0 ? draft : draft with { Model = models[place].Name };
            }
            catch (Exception failure) when (failure is not OperationCanceledException && place + 1 < models.Length)
            {
                LogNext(logger, models[place].Name, failure is ModelUnavailableException ? failure.Message : failure.GetType().Name, models[place + 1].Name);
            }
        }
    }

    [LoggerMessage(2012, LogLevel.Warning, "The model {Model} could not be had ({Cause}); {Next} is asked.")]
    private static partial void LogNext(ILogger logger, string model, string cause, string next);
}
