using FteAgent.Engine.CodeGeneration;

namespace FteAgent.Engine;

internal sealed class ArrayCopier<T> : Copier<T[]>
{
    public override T[] Copy(T[] value, CopyContext context)
    {
        if (value.Length == 0) return value;
        if (CopierOf<T>.IsAlwaysIdentity) return (T[])value.Clone();
        if (context.TryGetCopy(value, out var known)) return known;

        var copy = new T[value.Length];
        context.Record(value, copy);
        for (var i = 0; i < value.Length; i++) copy[i] = Copiers.Copy(value[i], context);
        return copy;
    }
}

internal sealed class ListCopier<T> : Copier<List<T>>
{
    public override List<T> Copy(List<T> value, CopyContext context)
    {
        if (context.TryGetCopy(value, out var known)) return known;

        var copy = new List<T>(value.Count);
        context.Record(value, copy);
        if (CopierOf<T>.IsAlwaysIdentity) copy.AddRange(value);
        else
            foreach (var item in value)
                copy.Add(Copiers.Copy(item, context));
        return copy;
    }
}

internal sealed class DictionaryCopier<TKey, TValue> : Copier<Dictionary<TKey, TValue>> where TKey : notnull
{
    public override Dictionary<TKey, TValue> Copy(Dictionary<TKey, TValue> value, CopyContext context)
    {
        if (context.TryGetCopy(value, out var known)) return known;

        var copy = new Dictionary<TKey, TValue>(value.Count, value.Comparer);
        context.Record(value, copy);
        foreach (var (key, item) in value) copy.Add(Copiers.Copy(key, context), Copiers.Copy(item, context));
        return copy;
    }
}

internal sealed class HashSetCopier<T> : Copier<HashSet<T>>
{
    public override HashSet<T> Copy(HashSet<T> value, CopyContext context)
    {
        if (context.TryGetCopy(value, out var known)) return known;

        var copy = new HashSet<T>(value.Count, value.Comparer);
        context.Record(value, copy);
        foreach (var item in value) copy.Add(Copiers.Copy(item, context));
        return copy;
    }
}

internal sealed class QueueCopier<T> : Copier<Queue<T>>
{
    public override Queue<T> Copy(Queue<T> value, CopyContext context)
    {
        if (context.TryGetCopy(value, out var known)) return known;

        var copy = new Queue<T>(value.Count);
        context.Record(value, copy);
        foreach (var item in value) copy.Enqueue(Copiers.Copy(item, context));
        return copy;
    }
}

internal sealed class StackCopier<T> : Copier<Stack<T>>
{
    public override Stack<T> Copy(Stack<T> value, CopyContext context)
    {
        if (context.TryGetCopy(value, out var known)) return known;

        var copy = new Stack<T>(value.Count);
        context.Record(value, copy);
        foreach (var item in value.Reverse()) copy.Push(Copiers.Copy(item, context));
        return copy;
    }
}
