using System.Collections.Immutable;
using FteAgent.Engine.CodeGeneration;

namespace FteAgent.Engine;

/// <summary>The list cannot change, but what it holds may: unless all of it is immutable, its items are copied.</summary>
internal sealed class ImmutableArrayCopier<T> : Copier<ImmutableArray<T>>
{
    internal override bool IsIdentity => CopierOf<T>.IsAlwaysIdentity;

    public override ImmutableArray<T> Copy(ImmutableArray<T> value, CopyContext context) =>
        value.IsDefaultOrEmpty ? value : [.. value.Select(item => Copiers.Copy(item, context))];
}

internal sealed class ImmutableListCopier<T> : Copier<ImmutableList<T>>
{
    internal override bool IsIdentity => CopierOf<T>.IsAlwaysIdentity;

    public override ImmutableList<T> Copy(ImmutableList<T> value, CopyContext context) =>
        [.. value.Select(item => Copiers.Copy(item, context))];
}

internal sealed class ImmutableHashSetCopier<T> : Copier<ImmutableHashSet<T>>
{
    internal override bool IsIdentity => CopierOf<T>.IsAlwaysIdentity;

    public override ImmutableHashSet<T> Copy(ImmutableHashSet<T> value, CopyContext context) =>
        value.Select(item => Copiers.Copy(item, context)).ToImmutableHashSet(value.KeyComparer);
}

internal sealed class ImmutableDictionaryCopier<TKey, TValue> : Copier<ImmutableDictionary<TKey, TValue>> where TKey : notnull
{
    internal override bool IsIdentity => CopierOf<TKey>.IsAlwaysIdentity && CopierOf<TValue>.IsAlwaysIdentity;

    public override ImmutableDictionary<TKey, TValue> Copy(ImmutableDictionary<TKey, TValue> value, CopyContext context) =>
        value.ToImmutableDictionary(
            pair => Copiers.Copy(pair.Key, context), pair => Copiers.Copy(pair.Value, context), value.KeyComparer, value.ValueComparer);
}

internal sealed class ImmutableSortedSetCopier<T> : Copier<ImmutableSortedSet<T>>
{
    internal override bool IsIdentity => CopierOf<T>.IsAlwaysIdentity;

    public override ImmutableSortedSet<T> Copy(ImmutableSortedSet<T> value, CopyContext context) =>
        value.Select(item => Copiers.Copy(item, context)).ToImmutableSortedSet(value.KeyComparer);
}

internal sealed class ImmutableSortedDictionaryCopier<TKey, TValue> : Copier<ImmutableSortedDictionary<TKey, TValue>> where TKey : notnull
{
    internal override bool IsIdentity => CopierOf<TKey>.IsAlwaysIdentity && CopierOf<TValue>.IsAlwaysIdentity;

    public override ImmutableSortedDictionary<TKey, TValue> Copy(ImmutableSortedDictionary<TKey, TValue> value, CopyContext context) =>
        value.ToImmutableSortedDictionary(
            pair => Copiers.Copy(pair.Key, context), pair => Copiers.Copy(pair.Value, context), value.KeyComparer, value.ValueComparer);
}
