using FteAgent.Engine.CodeGeneration;

namespace FteAgent.Engine;

/// <summary>
/// What stands before the items of a list: how many there are, and a byte of shape. Its lowest three bits are the kind of
/// all items, or Extended where each says its own; the next three the same for the values of a map, or Object where it is
/// none; the next says that a comparer's number follows.
/// </summary>
internal readonly record struct ListHead(int Count, WireKind Items, WireKind Values, byte Comparer)
{
    private const int ValuesShift = 3;
    private const int HasComparer = 1 << 6;

    /// <summary>No values: not a map. Never the kind of values in common, for objects say their kind themselves.</summary>
    private const WireKind NoValues = WireKind.Object;

    public bool IsMap => Values != NoValues;

    public static void Write(ref WireWriter to, int count, WireKind items, WireKind values = NoValues, byte comparer = 0)
    {
        to.WriteVarint((uint)count);
        to.WriteByte((byte)((int)items | ((int)values << ValuesShift) | (comparer == 0 ? 0 : HasComparer)));
        if (comparer != 0) to.WriteByte(comparer);
    }

    public static ListHead Read(ref WireReader from)
    {
        var count = from.ReadVarint();
        var shape = from.ReadByte();
        var comparer = (shape & HasComparer) != 0 ? from.ReadByte() : (byte)0;
        var (items, values) = ((WireKind)(shape & 7), (WireKind)((shape >> ValuesShift) & 7));
        var isShape = shape < HasComparer * 2 && IsCommon(items) && (values == NoValues || IsCommon(values));
        if (!isShape) throw from.Malformed("a list has a shape without meaning");

        // Every item takes a byte at least, so that a count is no larger than what is left.
        var least = (ulong)Size(items) + (values == NoValues ? 0 : (ulong)Size(values));
        if (count > (ulong)from.Remaining / least) throw from.Malformed($"a list of {count} items is longer than its message");

        return new((int)count, items, values, comparer);
    }

    public static void Skip(ref WireReader from)
    {
        from.Enter();
        var head = Read(ref from);
        for (var i = 0; i < head.Count; i++)
        {
            Skip(ref from, head.Items);
            if (head.IsMap) Skip(ref from, head.Values);
        }

        from.Leave();
    }

    private static void Skip(ref WireReader from, WireKind common) => from.Skip(common == WireKind.Extended ? from.ReadItemKind() : common);

    private static bool IsCommon(WireKind kind) => kind is <= WireKind.Fixed16 or WireKind.Extended;

    private static int Size(WireKind kind) => kind switch
    {
        WireKind.Fixed4 => 4,
        WireKind.Fixed8 => 8,
        WireKind.Fixed16 => 16,
        _ => 1,
    };
}
