using System.Runtime.CompilerServices;
using FteAgent.Engine.CodeGeneration;

namespace FteAgent.Engine;

/// <summary>Numbered only where a copy would have been shared too: an array of what cannot change is cloned wherever it stands.</summary>
internal sealed class ArrayCodec<T>() : ItemsCodec<T[], T>(isNumbered: !CopierOf<T>.IsAlwaysIdentity)
{
    /// <summary>An item as large as this may claim much room for few bytes.</summary>
    private const int LargeItem = 16;

    protected override int Count(T[] value) => value.Length;

    protected override void WriteItems(ref WireWriter to, T[] value)
    {
        foreach (var item in value) Items.Write(ref to, item);
    }

    protected override T[] ReadItems(ref WireReader from, ListHead head, int number)
    {
        if (head.Count > WireLimits.ClaimedItems && Unsafe.SizeOf<T>() > LargeItem) return ReadArray(ref from, head);

        var value = head.Count == 0 ? [] : new T[head.Count];
        from.Record(number, value);
        for (var i = 0; i < value.Length; i++) value[i] = Items.Read<T>(ref from, head.Items);
        return value;
    }
}

internal sealed class ListCodec<T>() : ItemsCodec<List<T>, T>(isNumbered: true)
{
    protected override int Count(List<T> value) => value.Count;

    protected override void WriteItems(ref WireWriter to, List<T> value)
    {
        foreach (var item in value) Items.Write(ref to, item);
    }

    protected override List<T> ReadItems(ref WireReader from, ListHead head, int number)
    {
        var value = new List<T>(Math.Min(head.Count, WireLimits.ClaimedItems));
        from.Record(number, value);
        for (var i = 0; i < head.Count; i++) value.Add(Items.Read<T>(ref from, head.Items));
        return value;
    }
}

internal sealed class HashSetCodec<T>() : ItemsCodec<HashSet<T>, T>(isNumbered: true)
{
    protected override int Count(HashSet<T> value) => value.Count;

    protected override byte ComparerOf(HashSet<T> value) => Comparers.Number(value.Comparer);

    protected override void WriteItems(ref WireWriter to, HashSet<T> value)
    {
        foreach (var item in value) Items.Write(ref to, item);
    }

    protected override HashSet<T> ReadItems(ref WireReader from, ListHead head, int number)
    {
        var value = new HashSet<T>(Math.Min(head.Count, WireLimits.ClaimedItems), Comparers.Equality<T>(ref from, head.Comparer));
        from.Record(number, value);
        for (var i = 0; i < head.Count; i++) value.Add(Items.Read<T>(ref from, head.Items));
        return value;
    }
}

internal sealed class QueueCodec<T>() : ItemsCodec<Queue<T>, T>(isNumbered: true)
{
    protected override int Count(Queue<T> value) => value.Count;

    protected override void WriteItems(ref WireWriter to, Queue<T> value)
    {
        foreach (var item in value) Items.Write(ref to, item);
    }

    protected override Queue<T> ReadItems(ref WireReader from, ListHead head, int number)
    {
        var value = new Queue<T>(Math.Min(head.Count, WireLimits.ClaimedItems));
        from.Record(number, value);
        for (var i = 0; i < head.Count; i++) value.Enqueue(Items.Read<T>(ref from, head.Items));
        return value;
    }
}

/// <summary>From the bottom, so that pushing each makes it again.</summary>
internal sealed class StackCodec<T>() : ItemsCodec<Stack<T>, T>(isNumbered: true)
{
    protected override int Count(Stack<T> value) => value.Count;

    protected override void WriteItems(ref WireWriter to, Stack<T> value)
    {
        foreach (var item in value.Reverse()) Items.Write(ref to, item);
    }

    protected override Stack<T> ReadItems(ref WireReader from, ListHead head, int number)
    {
        var value = new Stack<T>(Math.Min(head.Count, WireLimits.ClaimedItems));
        from.Record(number, value);
        for (var i = 0; i < head.Count; i++) value.Push(Items.Read<T>(ref from, head.Items));
        return value;
    }
}

internal sealed class DictionaryCodec<TKey, TValue>() : MapCodec<Dictionary<TKey, TValue>, TKey, TValue>(isNumbered: true) where TKey : notnull
{
    protected override byte ComparerOf(Dictionary<TKey, TValue> value) => Comparers.Number(value.Comparer);

    protected override void WriteItems(ref WireWriter to, Dictionary<TKey, TValue> value)
    {
        foreach (var (key, item) in value) WritePair(ref to, key, item);
    }

    protected override Dictionary<TKey, TValue> ReadItems(ref WireReader from, ListHead head, int number)
    {
        var value = new Dictionary<TKey, TValue>(Math.Min(head.Count, WireLimits.ClaimedItems), Comparers.Equality<TKey>(ref from, head.Comparer));
        from.Record(number, value);
        for (var i = 0; i < head.Count; i++)
        {
            var key = ReadKey(ref from, head);
            if (!value.TryAdd(key, ReadValue(ref from, head))) throw from.Malformed("a map has a key twice");
        }

        return value;
    }
}
