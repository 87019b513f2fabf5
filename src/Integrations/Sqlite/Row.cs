using FteAgent.Conversations;
using FteAgent.Storage;
using SQLitePCL;

namespace FteAgent.Sqlite;

/// <summary>Reads a row's columns from left to right: a statement lists its columns in the order in which its reader asks for them.</summary>
internal sealed class Row(sqlite3_stmt statement)
{
    private int next;

    /// <summary>Back to the first column.</summary>
    public void Start() => next = 0;

    public long Long() => raw.sqlite3_column_int64(statement, next++);

    public int Int() => checked((int)Long());

    public double Double() => raw.sqlite3_column_double(statement, next++);

    public bool Bool() => Long() != 0;

    public string Text() => raw.sqlite3_column_text(statement, next++).utf8_to_string();

    public byte[] Bytes() => raw.sqlite3_column_blob(statement, next++).ToArray();

    public Guid Id() => new(raw.sqlite3_column_blob(statement, next++), bigEndian: true);

    public DateTimeOffset Time() => Micros.ToTime(Long());

    public T Enum<T>() where T : struct, System.Enum => EnumText.Parse<T>(Text());

    public long? LongOrNull() => SkipNull() ? null : Long();

    public double? DoubleOrNull() => SkipNull() ? null : Double();

    public string? TextOrNull() => SkipNull() ? null : Text();

    public byte[]? BytesOrNull() => SkipNull() ? null : Bytes();

    public Guid? IdOrNull() => SkipNull() ? null : Id();

    public DateTimeOffset? TimeOrNull() => SkipNull() ? null : Time();

    public T? EnumOrNull<T>() where T : struct, System.Enum => SkipNull() ? null : Enum<T>();

    /// <summary>Three columns: what kind of actor, and the operator's id and name when it is one.</summary>
    public Actor? ActorOrNull()
    {
        var (kind, id, name) = (EnumOrNull<ActorKind>(), IdOrNull(), TextOrNull());
        return kind switch
        {
            null => null,
            ActorKind.Customer => Actor.Customer,
            ActorKind.Assistant => Actor.Assistant,
            ActorKind.System => Actor.System,
            _ => new(kind.Value, id is null ? null : new(id.Value, name!)),
        };
    }

    private bool SkipNull()
    {
        if (raw.sqlite3_column_type(statement, next) != raw.SQLITE_NULL)
            return false;
        next++;
        return true;
    }
}
