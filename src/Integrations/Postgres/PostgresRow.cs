using FteAgent.Conversations;
using FteAgent.Storage;
using Npgsql;

namespace FteAgent.Postgres;

/// <summary>Reads a row's columns from left to right: a statement lists its columns in the order in which its reader asks for them.</summary>
internal sealed class PostgresRow(NpgsqlDataReader reader)
{
    private int next;

    /// <summary>Back to the first column.</summary>
    public void Start() => next = 0;

    public long Long() => reader.GetInt64(next++);

    public int Int() => reader.GetInt32(next++);

    public double Double() => reader.GetDouble(next++);

    public bool Bool() => reader.GetBoolean(next++);

    public string Text() => reader.GetString(next++);

    public byte[] Bytes() => reader.GetFieldValue<byte[]>(next++);

    public string[] Texts() => reader.GetFieldValue<string[]>(next++);

    public bool[] Bools() => reader.GetFieldValue<bool[]>(next++);

    public float[] Vector() => reader.GetFieldValue<float[]>(next++);

    public Guid Id() => reader.GetGuid(next++);

    public DateTimeOffset Time() => reader.GetFieldValue<DateTimeOffset>(next++);

    public T Enum<T>() where T : struct, System.Enum => EnumText.Parse<T>(Text());

    public long? LongOrNull() => SkipNull() ? null : Long();

    public int? IntOrNull() => SkipNull() ? null : Int();

    public double? DoubleOrNull() => SkipNull() ? null : Double();

    /// <summary>A whole number of either size.</summary>
    public long? NumberOrNull() => SkipNull() ? null : Convert.ToInt64(reader.GetValue(next++), System.Globalization.CultureInfo.InvariantCulture);

    public byte[]? BytesOrNull() => SkipNull() ? null : Bytes();

    public string? TextOrNull() => SkipNull() ? null : Text();

    public float[]? VectorOrNull() => SkipNull() ? null : Vector();

    public Guid? IdOrNull() => SkipNull() ? null : Id();

    public DateTimeOffset? TimeOrNull() => SkipNull() ? null : Time();

    /// <summary>A span of time; zero where there is none, or where it is still to come.</summary>
    public TimeSpan SpanOrZero() => !SkipNull() && reader.GetTimeSpan(next++) is var span && span > TimeSpan.Zero ? span : TimeSpan.Zero;

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
        if (!reader.IsDBNull(next))
            return false;
        next++;
        return true;
    }
}
