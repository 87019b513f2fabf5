using FteAgent.Documents;
using FteAgent.Knowledge;
using FteAgent.Operators;
using FteAgent.Silo.Settings;

namespace FteAgent.Silo.Hosting;

/// <summary>
/// What a start does once: adds the operator whose key the environment gives, and fills an empty index with the product's own
/// documents, so that the first question has an answer.
/// </summary>
internal sealed partial class FirstStart(
    SiloSettings settings, IOperatorDirectory operators, IKnowledgeIndex knowledge, DocumentFiles documents, ILogger<FirstStart> logger) : IHostedLifecycleService
{
    private const string FirstOperator = "Operator";

    private Task done = Task.CompletedTask;

    /// <summary>Begins as soon as the record's schema has been looked at: joining the cluster is mostly waiting, and takes as long.</summary>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        done = Task.Run(() => Do(cancellationToken), cancellationToken);
        return Task.CompletedTask;
    }

    /// <summary>Done before whatever comes after it starts.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => done;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task Do(CancellationToken cancellationToken)
    {
        // Looked for again at the end: another silo that starts now may have added it first.
        if (settings.OperatorKey is { } key && await operators.FindByKey(OperatorKeys.Hash(key), cancellationToken) is null
            && await operators.Add(FirstOperator, OperatorKeys.Hash(key), cancellationToken) is null
            && await operators.FindByKey(OperatorKeys.Hash(key), cancellationToken) is null)
            LogKeyNotTaken(logger, FirstOperator);

        await knowledge.Refresh(cancellationToken);
        var own = Path.Combine(AppContext.BaseDirectory, "knowledge");
        if (knowledge.Version > 0 || !Directory.Exists(own))
            return;
        var read = documents.Read(own, cancellationToken).Documents;
        await knowledge.Publish(read, null, cancellationToken);
        LogOwnDocuments(logger, read.Count, knowledge.Chunks);
    }

    [LoggerMessage(5001, LogLevel.Information, "The index was empty: {Documents} documents about this product were imported ({Chunks} chunks).")]
    private static partial void LogOwnDocuments(ILogger logger, int documents, int chunks);

    [LoggerMessage(5002, LogLevel.Warning, "OPERATOR_KEY was not taken: it was revoked, or the operator '{Name}' has another key. Set a new one, after 'operators revoke {Name}' where needed.")]
    private static partial void LogKeyNotTaken(ILogger logger, string name);
}
