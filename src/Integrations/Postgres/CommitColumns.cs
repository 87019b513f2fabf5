using FteAgent.Conversations;
using FteAgent.Storage;
using Npgsql;
using NpgsqlTypes;

namespace FteAgent.Postgres;

/// <summary>One argument of <c>fte.commit_with_traces</c>: an array with an element for each member, or for each message.</summary>
internal abstract class CommitColumn<TSource>(string name)
{
    /// <summary>The argument's name in the function.</summary>
    public string Name => name;

    /// <summary>The argument for these; null as a whole where none of them has a value, which costs the server nothing.</summary>
    public abstract NpgsqlParameter Of(IReadOnlyList<TSource> sources);

    protected static NpgsqlParameter Parameter(NpgsqlDbType element, object? array) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | element, Value = array ?? DBNull.Value };
}

/// <summary>A column of numbers, ids or times.</summary>
internal sealed class ValueColumn<TSource, T>(string name, NpgsqlDbType type, Func<TSource, T?> pick) : CommitColumn<TSource>(name)
    where T : struct
{
    public override NpgsqlParameter Of(IReadOnlyList<TSource> sources)
    {
        var known = 0;
        var values = new T[sources.Count];
        for (var i = 0; i < values.Length; i++)
            if (pick(sources[i]) is { } value)
                (values[i], known) = (value, known + 1);
        if (known == values.Length || known == 0)
            return Parameter(type, known == 0 ? null : values);

        var some = new T?[values.Length];
        for (var i = 0; i < some.Length; i++)
            some[i] = pick(sources[i]);
        return Parameter(type, some);
    }
}

/// <summary>A column of text.</summary>
internal sealed class TextColumn<TSource>(string name, Func<TSource, string?> pick) : CommitColumn<TSource>(name)
{
    public override NpgsqlParameter Of(IReadOnlyList<TSource> sources)
    {
        var any = false;
        var values = new string?[sources.Count];
        for (var i = 0; i < values.Length; i++)
            if (pick(sources[i]) is { } value)
                (values[i], any) = (PostgresText.Safe(value), true);
        return Parameter(NpgsqlDbType.Text, any ? values : null);
    }
}

/// <summary>Makes columns of one kind of source.</summary>
internal static class CommitColumn
{
    public static CommitColumn<TSource> Id<TSource>(string name, Func<TSource, Guid?> pick) => new ValueColumn<TSource, Guid>(name, NpgsqlDbType.Uuid, pick);

    public static CommitColumn<TSource> Long<TSource>(string name, Func<TSource, long?> pick) => new ValueColumn<TSource, long>(name, NpgsqlDbType.Bigint, pick);

    public static CommitColumn<TSource> Int<TSource>(string name, Func<TSource, int?> pick) => new ValueColumn<TSource, int>(name, NpgsqlDbType.Integer, pick);

    public static CommitColumn<TSource> Double<TSource>(string name, Func<TSource, double?> pick) => new ValueColumn<TSource, double>(name, NpgsqlDbType.Double, pick);

    public static CommitColumn<TSource> Time<TSource>(string name, Func<TSource, DateTimeOffset?> pick) =>
        new ValueColumn<TSource, DateTime>(name, NpgsqlDbType.TimestampTz, source => pick(source)?.UtcDateTime);

    public static CommitColumn<TSource> Text<TSource>(string name, Func<TSource, string?> pick) => new TextColumn<TSource>(name, pick);

    public static CommitColumn<TSource> Enum<TSource, T>(string name, Func<TSource, T?> pick) where T : struct, Enum =>
        new TextColumn<TSource>(name, source => pick(source) is { } value ? EnumText.Of(value) : null);

    /// <summary>A due time as its distance from the decision, in microseconds: the record puts it on its own clock.</summary>
    public static CommitColumn<ConversationChanges> Due(string name, Func<ConversationChanges, DateTimeOffset?> pick) =>
        Long<ConversationChanges>(name, changes => pick(changes) is { } due ? (due - changes.Now).Ticks / TimeSpan.TicksPerMicrosecond : null);
}
