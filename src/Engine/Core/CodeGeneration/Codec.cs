using System.ComponentModel;

namespace FteAgent.Engine.CodeGeneration;

/// <summary>Writes and reads values of one type.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Codec
{
    private protected Codec(WireKind kind, bool isNumbered) => (Kind, IsNumbered) = (kind, isNumbered);

    /// <summary>How its values are laid out, unless it says otherwise for each.</summary>
    internal WireKind Kind { get; }

    /// <summary>Whether a value met twice is written once: it could be changed, so that it matters whether there are one or two.</summary>
    internal bool IsNumbered { get; }

    /// <summary>Writes a value with its type, since nothing else tells it.</summary>
    internal abstract void WriteTyped(ref WireWriter to, uint field, object value);

    internal abstract object ReadObject(ref WireReader from, WireKind kind);
}

/// <summary>Writes and reads values of one type. Never called with null, nor with a value of a derived type.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Codec<T> : Codec
{
    /// <summary>A codec of objects with fields.</summary>
    /// <param name="isNumbered">Whether a value met twice is written once.</param>
    protected Codec(bool isNumbered) : base(WireKind.Object, isNumbered)
    {
    }

    private protected Codec(WireKind kind, bool isNumbered) : base(kind, isNumbered)
    {
    }

    /// <summary>Writes a value without what says of which kind it is.</summary>
    public abstract void Write(ref WireWriter to, T value);

    /// <summary>Reads a value of that kind.</summary>
    public abstract T Read(ref WireReader from, WireKind kind);

    /// <summary>The kind of one value.</summary>
    private protected virtual WireKind KindOf(T value) => Kind;

    internal virtual void WriteItem(ref WireWriter to, uint field, T value)
    {
        if (IsNumbered)
        {
            if (TryRefer(ref to, field, value!)) return;

            to.WriteTag(field | (uint)WireKind.Extended);
            to.WriteByte((byte)(((int)Kind << Extension.KindShift) | Extension.Numbered));
        }
        else
        {
            to.WriteTag(field | (uint)KindOf(value));
        }

        Write(ref to, value);
    }

    internal sealed override void WriteTyped(ref WireWriter to, uint field, object value)
    {
        if (IsNumbered && TryRefer(ref to, field, value)) return;

        var own = (T)value;
        to.WriteTag(field | (uint)WireKind.Extended);
        to.WriteByte((byte)(((int)KindOf(own) << Extension.KindShift) | Extension.Typed | (IsNumbered ? Extension.Numbered : 0)));
        TypeNames.Write(ref to, TypeNameOf<T>.Required);
        Write(ref to, own);
    }

    internal sealed override object ReadObject(ref WireReader from, WireKind kind) => Read(ref from, kind)!;

    private static bool TryRefer(ref WireWriter to, uint field, object value)
    {
        var number = to.Context.Number(value);
        if (number < 0) return false;

        to.WriteTag(field | (uint)WireKind.Extended);
        to.WriteByte(Extension.Reference);
        to.WriteVarint((uint)number);
        return true;
    }
}
