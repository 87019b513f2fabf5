using FteAgent.Knowledge;
using Microsoft.Extensions.Logging;

namespace FteAgent.Postgres;

/// <summary>Lets the database search vectors, by pgvector's HNSW index over one version. Gives nothing where the extension is missing.</summary>
internal sealed partial class PostgresVectorSearch(PostgresRecord record, ILogger<PostgresVectorSearch> logger) : IVectorSearch
{
    /// <summary>A version that was published before the extension came is indexed by the first silo that opens it.</summary>
    private static readonly TimeSpan IndexingTime = TimeSpan.FromMinutes(10);

    private sealed record Table(long Version, string? Embedder, int? Dimensions);

    public async Task<IVersionVectors?> Open(KnowledgeVersion version, string embedder, CancellationToken cancellationToken)
    {
        if (await Extension(cancellationToken).ConfigureAwait(false) is null
            || await FindTable(version.Number, cancellationToken).ConfigureAwait(false) is not { } table)
            return null;

        // Asked for also where a table is known: its vectors went if the extension was away for a while.
        if (!await Index(table.Version, cancellationToken).ConfigureAwait(false)
            || await FindTable(version.Number, cancellationToken).ConfigureAwait(false) is not { Dimensions: { } dimensions } indexed
            || indexed.Embedder != embedder)
            return null;

        var sums = await record["select category, total, chunks from fte.vector_sums($1)"]
            .Set(table.Version).Within(IndexingTime)
            .List(static row => new CategorySum(row.TextOrNull(), row.Vector(), row.Long()), cancellationToken).ConfigureAwait(false);
        return new PostgresVersionVectors(record, table.Version, dimensions, sums);
    }

    /// <summary>The version of pgvector that can be used, or null.</summary>
    public Task<string?> Extension(CancellationToken cancellationToken) =>
        record["select fte.pgvector()"].First(static row => row.TextOrNull(), null, cancellationToken);

    /// <summary>Says once, at the start, how vectors will be searched.</summary>
    public async Task SayWhich(CancellationToken cancellationToken)
    {
        if (await Extension(cancellationToken).ConfigureAwait(false) is { } version)
            LogPresent(logger, version);
        else
            LogMissing(logger);
    }

    private Task<Table?> FindTable(long number, CancellationToken cancellationToken) =>
        record["""
            select v.id, t.embedder, t.dimensions from fte.knowledge_versions v left join fte.knowledge_vector_tables t on t.version_id = v.id
            where v.number = $1
            """]
            .Set(number)
            .First(static row => new Table(row.Long(), row.TextOrNull(), row.IntOrNull()), null as Table, cancellationToken);

    private Task<bool> Index(long version, CancellationToken cancellationToken) =>
        record["select fte.index_vectors($1)"].Set(version).Within(IndexingTime).First(static row => row.Bool(), false, cancellationToken);

    [LoggerMessage(2110, LogLevel.Information, "pgvector {Version} is here: vectors are searched by the database.")]
    private static partial void LogPresent(ILogger logger, string version);

    [LoggerMessage(2111, LogLevel.Warning, "pgvector 0.8 or later is missing in the record's database: vectors are searched exactly, in this silo's memory. Install it and run 'silo migrate'.")]
    private static partial void LogMissing(ILogger logger);
}
