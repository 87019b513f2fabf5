using FteAgent.Engine.CodeGeneration;

namespace FteAgent.Engine;

internal sealed class NullableCopier<T> : Copier<T?> where T : struct
{
    internal override bool IsIdentity => CopierOf<T>.IsAlwaysIdentity;

    public override T? Copy(T? value, CopyContext context) => value is { } present ? Copiers.Copy(present, context) : null;
}

internal sealed class KeyValuePairCopier<TKey, TValue> : Copier<KeyValuePair<TKey, TValue>>
{
    internal override bool IsIdentity => CopierOf<TKey>.IsAlwaysIdentity && CopierOf<TValue>.IsAlwaysIdentity;

    public override KeyValuePair<TKey, TValue> Copy(KeyValuePair<TKey, TValue> value, CopyContext context) =>
        new(Copiers.Copy(value.Key, context), Copiers.Copy(value.Value, context));
}

internal sealed class TupleCopier<T1> : Copier<ValueTuple<T1>>
{
    internal override bool IsIdentity => CopierOf<T1>.IsAlwaysIdentity;

    public override ValueTuple<T1> Copy(ValueTuple<T1> value, CopyContext context) =>
        new(Copiers.Copy(value.Item1, context));
}

internal sealed class TupleCopier<T1, T2> : Copier<ValueTuple<T1, T2>>
{
    internal override bool IsIdentity => CopierOf<T1>.IsAlwaysIdentity && CopierOf<T2>.IsAlwaysIdentity;

    public override ValueTuple<T1, T2> Copy(ValueTuple<T1, T2> value, CopyContext context) =>
        (Copiers.Copy(value.Item1, context), Copiers.Copy(value.Item2, context));
}

internal sealed class TupleCopier<T1, T2, T3> : Copier<ValueTuple<T1, T2, T3>>
{
    internal override bool IsIdentity => CopierOf<T1>.IsAlwaysIdentity && CopierOf<T2>.IsAlwaysIdentity && CopierOf<T3>.IsAlwaysIdentity;

    public override ValueTuple<T1, T2, T3> Copy(ValueTuple<T1, T2, T3> value, CopyContext context) =>
        (Copiers.Copy(value.Item1, context), Copiers.Copy(value.Item2, context), Copiers.Copy(value.Item3, context));
}

internal sealed class TupleCopier<T1, T2, T3, T4> : Copier<ValueTuple<T1, T2, T3, T4>>
{
    internal override bool IsIdentity => CopierOf<T1>.IsAlwaysIdentity && CopierOf<T2>.IsAlwaysIdentity && CopierOf<T3>.IsAlwaysIdentity && CopierOf<T4>.IsAlwaysIdentity;

    public override ValueTuple<T1, T2, T3, T4> Copy(ValueTuple<T1, T2, T3, T4> value, CopyContext context) =>
        (Copiers.Copy(value.Item1, context), Copiers.Copy(value.Item2, context), Copiers.Copy(value.Item3, context), Copiers.Copy(value.Item4, context));
}

internal sealed class TupleCopier<T1, T2, T3, T4, T5> : Copier<ValueTuple<T1, T2, T3, T4, T5>>
{
    internal override bool IsIdentity => CopierOf<T1>.IsAlwaysIdentity && CopierOf<T2>.IsAlwaysIdentity && CopierOf<T3>.IsAlwaysIdentity && CopierOf<T4>.IsAlwaysIdentity && CopierOf<T5>.IsAlwaysIdentity;

    public override ValueTuple<T1, T2, T3, T4, T5> Copy(ValueTuple<T1, T2, T3, T4, T5> value, CopyContext context) =>
        (Copiers.Copy(value.Item1, context), Copiers.Copy(value.Item2, context), Copiers.Copy(value.Item3, context), Copiers.Copy(value.Item4, context), Copiers.Copy(value.Item5, context));
}
