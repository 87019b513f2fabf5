using System.Collections.Immutable;
using System.Runtime.InteropServices;
using FteAgent.Engine.CodeGeneration;

namespace FteAgent.Engine;

/// <summary>One that was never made is null on the wire, and is read as such.</summary>
internal sealed class ImmutableArrayCodec<T>() : ItemsCodec<ImmutableArray<T>, T>(isNumbered: false)
{
    internal override void WriteItem(ref WireWriter to, uint field, ImmutableArray<T> value)
    {
        if (value.IsDefault) to.WriteNull(field);
        else base.WriteItem(ref to, field, value);
    }

    protected override int Count(ImmutableArray<T> value) => value.IsDefault ? 0 : value.Length;

    protected override void WriteItems(ref WireWriter to, ImmutableArray<T> value)
    {
        if (value.IsDefault) return;
        foreach (var item in value) Items.Write(ref to, item);
    }

    protected override ImmutableArray<T> ReadItems(ref WireReader from, ListHead head, int number) =>
        head.Count == 0 ? [] : ImmutableCollectionsMarshal.AsImmutableArray(ReadArray(ref from, head));
}

internal sealed class ImmutableListCodec<T>() : ItemsCodec<ImmutableList<T>, T>(isNumbered: false)
{
    protected override int Count(ImmutableList<T> value) => value.Count;

    protected override void WriteItems(ref WireWriter to, ImmutableList<T> value)
    {
        foreach (var item in value) Items.Write(ref to, item);
    }

    protected override ImmutableList<T> ReadItems(ref WireReader from, ListHead head, int number) => [.. ReadArray(ref from, head)];
}

internal sealed class ImmutableHashSetCodec<T>() : ItemsCodec<ImmutableHashSet<T>, T>(isNumbered: false)
{
    protected override int Count(ImmutableHashSet<T> value) => value.Count;

    protected override byte ComparerOf(ImmutableHashSet<T> value) => Comparers.Number(value.KeyComparer);

    protected override void WriteItems(ref WireWriter to, ImmutableHashSet<T> value)
    {
        foreach (var item in value) Items.Write(ref to, item);
    }

    protected override ImmutableHashSet<T> ReadItems(ref WireReader from, ListHead head, int number)
    {
        var comparer = Comparers.Equality<T>(ref from, head.Comparer);
        return ReadArray(ref from, head).ToImmutableHashSet(comparer);
    }
}

internal sealed class ImmutableSortedSetCodec<T>() : ItemsCodec<ImmutableSortedSet<T>, T>(isNumbered: false)
{
    protected override int Count(ImmutableSortedSet<T> value) => value.Count;

    protected override byte ComparerOf(ImmutableSortedSet<T> value) => Comparers.Number(value.KeyComparer);

    protected override void WriteItems(ref WireWriter to, ImmutableSortedSet<T> value)
    {
        foreach (var item in value) Items.Write(ref to, item);
    }

    protected override ImmutableSortedSet<T> ReadItems(ref WireReader from, ListHead head, int number)
    {
        var comparer = Comparers.Order<T>(ref from, head.Comparer);
        return ReadArray(ref from, head).ToImmutableSortedSet(comparer);
    }
}

internal sealed class ImmutableDictionaryCodec<TKey, TValue>() : MapCodec<ImmutableDictionary<TKey, TValue>, TKey, TValue>(isNumbered: false) where TKey : notnull
{
    protected override byte ComparerOf(ImmutableDictionary<TKey, TValue> value)
    {
        Comparers.RequireDefault(value.ValueComparer);
        return Comparers.Number(value.KeyComparer);
    }

    protected override ImmutableDictionary<TKey, TValue> ReadItems(ref WireReader from, ListHead head, int number)
    {
        var builder = ImmutableDictionary.CreateBuilder<TKey, TValue>(Comparers.Equality<TKey>(ref from, head.Comparer));
        for (var i = 0; i < head.Count; i++)
        {
            var key = ReadKey(ref from, head);
            if (!builder.TryAdd(key, ReadValue(ref from, head))) throw from.Malformed("a map has a key twice");
        }

        return builder.ToImmutable();
    }
}

internal sealed class ImmutableSortedDictionaryCodec<TKey, TValue>() : MapCodec<ImmutableSortedDictionary<TKey, TValue>, TKey, TValue>(isNumbered: false) where TKey : notnull
{
    protected override byte ComparerOf(ImmutableSortedDictionary<TKey, TValue> value)
    {
        Comparers.RequireDefault(value.ValueComparer);
        return Comparers.Number(value.KeyComparer);
    }

    protected override ImmutableSortedDictionary<TKey, TValue> ReadItems(ref WireReader from, ListHead head, int number)
    {
        var builder = ImmutableSortedDictionary.CreateBuilder<TKey, TValue>(Comparers.Order<TKey>(ref from, head.Comparer));
        for (var i = 0; i < head.Count; i++)
        {
            var key = ReadKey(ref from, head);
            if (!builder.TryAdd(key, ReadValue(ref from, head))) throw from.Malformed("a map has a key twice");
        }

        return builder.ToImmutable();
    }
}
