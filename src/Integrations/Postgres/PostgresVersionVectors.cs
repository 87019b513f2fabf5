using System.Collections.Immutable;
using System.Numerics.Tensors;
using FteAgent.Knowledge;
using Npgsql;
using NpgsqlTypes;

namespace FteAgent.Postgres;

/// <summary>The sum of a category's vectors, and of how many.</summary>
internal sealed record CategorySum(string? Category, float[] Total, long Chunks);

/// <summary>One version's table of vectors.</summary>
internal sealed class PostgresVersionVectors(PostgresRecord record, long version, int dimensions, IReadOnlyList<CategorySum> sums) : IVersionVectors
{
    /// <summary>A customer waits for it, and words alone find most.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public string Way => "by pgvector";

    public async Task<ImmutableArray<NearestChunks>> Nearest(
        IReadOnlyList<float[]> questions, int limit, IReadOnlyCollection<string>? categories, CancellationToken cancellationToken)
    {
        if (questions.Any(question => question.Length != dimensions))
            return [.. questions.Select(_ => NearestChunks.None)];

        var hits = await PostgresFailure.SayWhenUnavailable(Ask(questions, limit, categories, cancellationToken)).ConfigureAwait(false);
        return [.. questions.Select((question, i) => new NearestChunks(hits[i], Average(question, categories)))];
    }

    /// <summary>All questions in one round trip.</summary>
    private async Task<ImmutableArray<NearChunk>[]> Ask(
        IReadOnlyList<float[]> questions, int limit, IReadOnlyCollection<string>? categories, CancellationToken cancellationToken)
    {
        var batch = record.Source.Work.CreateBatch();
        await using (batch.ConfigureAwait(false))
        {
            batch.Timeout = (int)Patience.TotalSeconds;
            foreach (var question in questions)
                batch.BatchCommands.Add(Nearest(question, limit, categories));

            var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var found = new ImmutableArray<NearChunk>[questions.Count];
                for (var i = 0; i < found.Length; i++)
                {
                    var hits = ImmutableArray.CreateBuilder<NearChunk>(limit);
                    while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                        hits.Add(new(reader.GetInt32(0), reader.GetFloat(1)));
                    found[i] = hits.ToImmutable();
                    await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                }

                return found;
            }
        }
    }

    private NpgsqlBatchCommand Nearest(float[] question, int limit, IReadOnlyCollection<string>? categories) => new("select chunk, cosine from fte.nearest_chunks($1, $2, $3, $4)")
    {
        Parameters =
        {
            new() { Value = version, NpgsqlDbType = NpgsqlDbType.Bigint },
            new() { Value = question, NpgsqlDbType = NpgsqlDbType.Real | NpgsqlDbType.Array },
            new() { Value = limit, NpgsqlDbType = NpgsqlDbType.Integer },
            new() { Value = categories is null ? DBNull.Value : categories.ToArray(), NpgsqlDbType = NpgsqlDbType.Text | NpgsqlDbType.Array },
        },
    };

    /// <summary>The mean of all cosines is the question's product with the mean vector: no chunk need be looked at for it.</summary>
    private float Average(float[] question, IReadOnlyCollection<string>? categories)
    {
        var (sum, chunks) = (0.0, 0L);
        foreach (var category in sums)
        {
            if (categories is not null && !(category.Category is { } name && categories.Contains(name)))
                continue;
            sum += TensorPrimitives.Dot(question, category.Total);
            chunks += category.Chunks;
        }

        return chunks == 0 ? 0 : (float)(sum / chunks);
    }
}
