using FteAgent.Engine.CodeGeneration;

namespace FteAgent.Engine;

/// <summary>Writes and reads items of lists, each with its kind or all with one.</summary>
internal static class Items
{
    public static void Write<T>(ref WireWriter to, T value)
    {
        if (CodecOf<T>.UniformKind == WireKind.Extended) Codecs.WriteItem(ref to, WireTag.Item, value);
        else CodecOf<T>.Required.Write(ref to, value);
    }

    public static T Read<T>(ref WireReader from, WireKind common) =>
        Codecs.ReadItem<T>(ref from, common == WireKind.Extended ? from.ReadItemKind() : common);
}

/// <summary>Values that hold others in a row.</summary>
internal abstract class ItemsCodec<TList, T>(bool isNumbered) : Codec<TList>(WireKind.List, isNumbered) where TList : notnull
{
    public sealed override void Write(ref WireWriter to, TList value)
    {
        to.Enter();
        ListHead.Write(ref to, Count(value), CodecOf<T>.UniformKind, comparer: ComparerOf(value));
        WriteItems(ref to, value);
        to.Leave();
    }

    public sealed override TList Read(ref WireReader from, WireKind kind)
    {
        from.Expect(kind, WireKind.List);
        var number = from.Enter();
        var head = ListHead.Read(ref from);
        if (head.IsMap) throw from.Malformed("there is a map where a list belongs");

        var value = ReadItems(ref from, head, number);
        from.Leave();
        return value;
    }

    protected abstract int Count(TList value);

    protected virtual byte ComparerOf(TList value) => Comparers.Default;

    protected abstract void WriteItems(ref WireWriter to, TList value);

    protected abstract TList ReadItems(ref WireReader from, ListHead head, int number);

    /// <summary>Reads all items before what holds them can be made.</summary>
    private protected static T[] ReadArray(ref WireReader from, ListHead head)
    {
        var items = new T[Math.Min(head.Count, WireLimits.ClaimedItems)];
        for (var i = 0; i < head.Count; i++)
        {
            if (i == items.Length) Array.Resize(ref items, Math.Min(items.Length * 2, head.Count));
            items[i] = Items.Read<T>(ref from, head.Items);
        }

        return items;
    }
}

/// <summary>Values that hold keys with values.</summary>
internal abstract class MapCodec<TMap, TKey, TValue>(bool isNumbered) : Codec<TMap>(WireKind.List, isNumbered) where TMap : IReadOnlyCollection<KeyValuePair<TKey, TValue>>
{
    public sealed override void Write(ref WireWriter to, TMap value)
    {
        to.Enter();
        ListHead.Write(ref to, value.Count, CodecOf<TKey>.UniformKind, CodecOf<TValue>.UniformKind, ComparerOf(value));
        WriteItems(ref to, value);
        to.Leave();
    }

    public sealed override TMap Read(ref WireReader from, WireKind kind)
    {
        from.Expect(kind, WireKind.List);
        var number = from.Enter();
        var head = ListHead.Read(ref from);
        if (!head.IsMap) throw from.Malformed("there is a list where a map belongs");

        var value = ReadItems(ref from, head, number);
        from.Leave();
        return value;
    }

    protected abstract byte ComparerOf(TMap value);

    protected virtual void WriteItems(ref WireWriter to, TMap value)
    {
        foreach (var (key, item) in value) WritePair(ref to, key, item);
    }

    protected abstract TMap ReadItems(ref WireReader from, ListHead head, int number);

    private protected static void WritePair(ref WireWriter to, TKey key, TValue value)
    {
        Items.Write(ref to, key);
        Items.Write(ref to, value);
    }

    private protected static TKey ReadKey(ref WireReader from, ListHead head) =>
        Items.Read<TKey>(ref from, head.Items) ?? throw from.Malformed("a key is null");

    private protected static TValue ReadValue(ref WireReader from, ListHead head) => Items.Read<TValue>(ref from, head.Values);
}
