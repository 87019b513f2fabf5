using System.ComponentModel;
using System.Runtime.CompilerServices;
using Orleans;
using Orleans.Runtime;

namespace FteAgent.Engine.CodeGeneration;

/// <summary>Writes and reads values of any type that may cross a call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Codecs
{
    /// <summary>Writes a member, unless it is what a reader takes it for when it is missing.</summary>
    public static void WriteMember<T>(ref WireWriter to, uint field, T value)
    {
        if (!IsDefault(ref value)) WriteItem(ref to, field, value);
    }

    /// <summary>Writes a member, unless it is null.</summary>
    public static void WriteMember(ref WireWriter to, uint field, string? value)
    {
        if (value is null) return;

        to.WriteTag(field | (uint)WireKind.Bytes);
        to.WriteText(value);
    }

    /// <summary>Writes a member though it may be null or zero: its reader's constructor may set another value.</summary>
    public static void WriteAlways<T>(ref WireWriter to, uint field, T value) => WriteItem(ref to, field, value);

    /// <summary>Reads a member that has this tag.</summary>
    public static T ReadMember<T>(ref WireReader from, uint tag) => ReadItem<T>(ref from, (WireKind)(tag & 7));

    /// <summary>Writes what every exception has, as the last of its levels.</summary>
    public static void WriteException(ref WireWriter to, Exception value) => ExceptionMembers.Write(ref to, value);

    /// <summary>Reads what every exception has.</summary>
    public static uint ReadException(ref WireReader from, Exception value) => ExceptionMembers.Read(ref from, value);

    /// <summary>A codec of an enumeration that has an alias.</summary>
    public static Codec OfEnum<T>() where T : struct, Enum => new EnumCodec<T>();

    internal static void WriteItem<T>(ref WireWriter to, uint field, T value)
    {
        if (value is null) to.WriteNull(field);
        else if (typeof(T).IsValueType) CodecOf<T>.Required.WriteItem(ref to, field, value);
        else if (value.GetType() == typeof(T) && CodecOf<T>.Found is { } codec) codec.WriteItem(ref to, field, value);
        else WriteTyped(ref to, field, value);
    }

    internal static T ReadItem<T>(ref WireReader from, WireKind kind)
    {
        if (kind == WireKind.Extended) return ReadExtended<T>(ref from);

        return CodecOf<T>.Found is { } codec ? codec.Read(ref from, kind) : throw from.Malformed($"a value that is to be a {typeof(T)} does not tell its type");
    }

    private static void WriteTyped(ref WireWriter to, uint field, object value)
    {
        if (value is IAddressable grain)
        {
            // A grain that passes itself is passed as a reference.
            var reference = grain as GrainReference ?? (GrainReference)grain.AsReference(typeof(IAddressable));
            GrainReferenceCodec.Instance.WriteTyped(ref to, field, reference);
            return;
        }

        if (value is Exception exception) value = CrossingException.ForWire(exception);
        CodecRegistry.Of(value.GetType()).WriteTyped(ref to, field, value);
    }

    private static T ReadExtended<T>(ref WireReader from)
    {
        var extension = from.BeginExtended();
        switch (extension)
        {
            case Extension.Null: return default!;
            case Extension.Reference:
                var number = from.ReadVarint();
                return from.Context.Resolve<T>(ref from, number);
        }

        var kind = (WireKind)(extension >> Extension.KindShift);
        if ((extension & Extension.Numbered) == 0)
            return (extension & Extension.Typed) == 0 ? ReadItem<T>(ref from, kind) : As<T>(ref from, ReadTyped(ref from, kind, ReadContext.NoNumber));

        return ReadNumbered<T>(ref from, extension, kind);
    }

    private static T ReadNumbered<T>(ref WireReader from, byte extension, WireKind kind)
    {
        var number = from.TakePending();
        if (from.Context.TryStepOver(ref from, number, out var known)) return As<T>(ref from, known);

        object? value;
        if ((extension & Extension.Typed) != 0)
        {
            value = ReadTyped(ref from, kind, number);
        }
        else
        {
            from.SetPending(number);
            value = ReadItem<T>(ref from, kind);
        }

        from.TakePending();
        if (value is null) throw from.Malformed("there is a number for nothing");

        from.Context.Complete(number, value, from.Position);
        return As<T>(ref from, value);
    }

    private static object ReadTyped(ref WireReader from, WireKind kind, int number)
    {
        var type = TypeNames.Read(ref from);
        from.SetPending(number);
        return CodecRegistry.Of(type).ReadObject(ref from, kind);
    }

    private static T As<T>(ref WireReader from, object value) => value switch
    {
        T own => own,
        // The interface by which it was written may be another, or one that is not known here.
        GrainReference reference when typeof(T).IsInterface => (T)(object)reference.Shared.Factory.Make(typeof(T), reference.GrainId),
        _ => throw from.Malformed($"there is a {value.GetType()} where a {typeof(T)} belongs"),
    };

    /// <summary>Whether every bit is zero. Not whether it equals zero: -0.0 does, and so does a time of another kind.</summary>
    private static bool IsDefault<T>(ref T value)
    {
        if (value is null) return true;
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>()) return false;

        ref var bytes = ref Unsafe.As<T, byte>(ref value);
        return Unsafe.SizeOf<T>() switch
        {
            1 => bytes == 0,
            2 => Unsafe.ReadUnaligned<short>(ref bytes) == 0,
            4 => Unsafe.ReadUnaligned<int>(ref bytes) == 0,
            8 => Unsafe.ReadUnaligned<long>(ref bytes) == 0,
            16 => Unsafe.ReadUnaligned<UInt128>(ref bytes) == 0,
            var size => !System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref bytes, size).ContainsAnyExcept((byte)0),
        };
    }
}
