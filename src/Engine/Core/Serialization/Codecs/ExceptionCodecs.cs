using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using FteAgent.Engine.CodeGeneration;

namespace FteAgent.Engine;

/// <summary>What every exception has: a message, where it was thrown, what caused it and its number.</summary>
internal static class ExceptionMembers
{
    private const uint Message = 8;
    private const uint Stack = 16;
    private const uint Inner = 24;
    private const uint Number = 32;

    /// <summary>Longer traces are cut: they are there to be read, and recursion makes them as long as it is deep.</summary>
    private const int LongestStack = 16 * 1024;

    public static void Write(ref WireWriter to, Exception value)
    {
        // Without a message of its own an exception makes one up from its type and parts, here better than there.
        Codecs.WriteMember(ref to, Message, MessageOf(value) ?? value.Message);
        if (value.StackTrace is { } stack)
        {
            to.WriteTag(Stack | (uint)WireKind.Bytes);
            to.WriteText(stack.AsSpan(0, Math.Min(stack.Length, LongestStack)));
        }

        if (value.InnerException is { } inner) Codecs.WriteItem(ref to, Inner, CrossingException.ForWire(inner));
        Codecs.WriteMember(ref to, Number, value.HResult);
    }

    public static uint Read(ref WireReader from, Exception value)
    {
        uint tag;
        while ((tag = from.NextField()) > WireTag.NextLevel)
        {
            switch (tag & ~7u)
            {
                case Message: MessageOf(value) = Codecs.ReadMember<string?>(ref from, tag); break;
                case Stack:
                    if (Codecs.ReadMember<string?>(ref from, tag) is { Length: > 0 } stack) ExceptionDispatchInfo.SetRemoteStackTrace(value, stack);
                    break;
                case Inner: InnerOf(value) = Codecs.ReadMember<Exception?>(ref from, tag); break;
                case Number: value.HResult = Codecs.ReadMember<int>(ref from, tag); break;
                default: from.SkipField(tag); break;
            }
        }

        return tag;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_message")]
    private static extern ref string? MessageOf(Exception exception);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_innerException")]
    private static extern ref Exception? InnerOf(Exception exception);
}

/// <summary>The framework's exceptions. Made without their constructors, which would add words to the message.</summary>
internal class FrameworkExceptionCodec<T>() : Codec<T>(isNumbered: false) where T : Exception
{
    public sealed override void Write(ref WireWriter to, T value)
    {
        to.BeginObject();
        WriteOwn(ref to, value);
        to.NextLevel();
        ExceptionMembers.Write(ref to, value);
        to.EndObject();
    }

    public sealed override T Read(ref WireReader from, WireKind kind)
    {
        from.BeginObject(kind);
        var value = Make();
        uint tag;
        while ((tag = from.NextField()) > WireTag.NextLevel) ReadOwn(ref from, tag, ref value);
        if (tag == WireTag.NextLevel) tag = ExceptionMembers.Read(ref from, value);
        from.EndObject(tag);
        return value;
    }

    protected virtual T Make() => (T)RuntimeHelpers.GetUninitializedObject(typeof(T));

    protected virtual void WriteOwn(ref WireWriter to, T value)
    {
    }

    protected virtual void ReadOwn(ref WireReader from, uint tag, ref T value) => from.SkipField(tag);
}

internal sealed class ArgumentExceptionCodec<T> : FrameworkExceptionCodec<T> where T : ArgumentException
{
    private const uint Parameter = 8;

    protected override void WriteOwn(ref WireWriter to, T value) => Codecs.WriteMember(ref to, Parameter, value.ParamName);

    protected override void ReadOwn(ref WireReader from, uint tag, ref T value)
    {
        if ((tag & ~7u) == Parameter) ParameterOf(value) = Codecs.ReadMember<string?>(ref from, tag);
        else from.SkipField(tag);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_paramName")]
    private static extern ref string? ParameterOf(ArgumentException exception);
}

internal sealed class ObjectDisposedExceptionCodec : FrameworkExceptionCodec<ObjectDisposedException>
{
    private const uint Disposed = 8;

    protected override void WriteOwn(ref WireWriter to, ObjectDisposedException value) => Codecs.WriteMember(ref to, Disposed, value.ObjectName);

    protected override void ReadOwn(ref WireReader from, uint tag, ref ObjectDisposedException value)
    {
        if ((tag & ~7u) == Disposed) DisposedOf(value) = Codecs.ReadMember<string?>(ref from, tag);
        else from.SkipField(tag);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_objectName")]
    private static extern ref string? DisposedOf(ObjectDisposedException exception);
}

internal sealed class AggregateExceptionCodec : FrameworkExceptionCodec<AggregateException>
{
    private const uint Causes = 8;

    protected override AggregateException Make() => new();

    protected override void WriteOwn(ref WireWriter to, AggregateException value) =>
        Codecs.WriteItem(ref to, Causes, value.InnerExceptions.Select(CrossingException.ForWire).ToArray());

    protected override void ReadOwn(ref WireReader from, uint tag, ref AggregateException value)
    {
        if ((tag & ~7u) == Causes) value = new(Codecs.ReadMember<Exception[]>(ref from, tag) ?? []);
        else from.SkipField(tag);
    }
}
