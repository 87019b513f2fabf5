using System.ComponentModel;

namespace FteAgent.Engine.CodeGeneration;

/// <summary>Copies values of one type, so that caller and grain never share what one of them may change.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Copier
{
    private protected Copier()
    {
    }

    /// <summary>Whether a copy is the value itself.</summary>
    internal virtual bool IsIdentity => false;

    internal abstract object CopyObject(object value, CopyContext context);
}

/// <summary>Copies values of one type. Never called with null, nor with a value of a derived type.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Copier<T> : Copier
{
    /// <summary>A copy that shares nothing changeable with the value.</summary>
    public abstract T Copy(T value, CopyContext context);

    internal sealed override object CopyObject(object value, CopyContext context) => Copy((T)value, context)!;
}

/// <summary>What one act of copying has copied already: a value met twice is copied once, and cycles end.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CopyContext
{
    private Dictionary<object, object>? _copies;

    /// <summary>The copy made before, if one was.</summary>
    public bool TryGetCopy<T>(T value, out T copy) where T : class
    {
        if (_copies is not null && _copies.TryGetValue(value, out var found))
        {
            copy = (T)found;
            return true;
        }

        copy = null!;
        return false;
    }

    /// <summary>Remembers a copy. Done before its members are copied, for they may lead back to it.</summary>
    public void Record(object value, object copy) => (_copies ??= new(ReferenceEqualityComparer.Instance))[value] = copy;
}
