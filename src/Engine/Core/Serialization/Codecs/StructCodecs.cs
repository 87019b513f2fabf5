using FteAgent.Engine.CodeGeneration;

namespace FteAgent.Engine;

/// <summary>What is there is written as if it could not be missing.</summary>
internal sealed class NullableCodec<T>() : Codec<T?>(WireKind.Extended, isNumbered: false) where T : struct
{
    internal override void WriteItem(ref WireWriter to, uint field, T? value) => CodecOf<T>.Required.WriteItem(ref to, field, value!.Value);

    public override void Write(ref WireWriter to, T? value) => CodecOf<T>.Required.Write(ref to, value!.Value);

    public override T? Read(ref WireReader from, WireKind kind) => CodecOf<T>.Required.Read(ref from, kind);
}

/// <summary>Values of a few parts, which are their fields by place.</summary>
internal abstract class PartsCodec<T>() : Codec<T>(isNumbered: false) where T : struct
{
    private protected const uint First = WireTag.FirstField;

    public sealed override void Write(ref WireWriter to, T value)
    {
        to.BeginObject();
        WriteParts(ref to, value);
        to.EndObject();
    }

    public sealed override T Read(ref WireReader from, WireKind kind)
    {
        from.BeginObject(kind);
        var value = default(T);
        uint tag;
        while ((tag = from.NextField()) > WireTag.NextLevel)
            if (!TryReadPart(ref from, tag, ref value))
                from.SkipField(tag);

        from.EndObject(tag);
        return value;
    }

    protected abstract void WriteParts(ref WireWriter to, T value);

    protected abstract bool TryReadPart(ref WireReader from, uint tag, ref T value);
}

internal sealed class KeyValuePairCodec<TKey, TValue> : PartsCodec<KeyValuePair<TKey, TValue>>
{
    protected override void WriteParts(ref WireWriter to, KeyValuePair<TKey, TValue> value)
    {
        Codecs.WriteMember(ref to, First, value.Key);
        Codecs.WriteMember(ref to, First * 2, value.Value);
    }

    protected override bool TryReadPart(ref WireReader from, uint tag, ref KeyValuePair<TKey, TValue> value)
    {
        switch (tag >> 3)
        {
            case 1: value = new(Codecs.ReadMember<TKey>(ref from, tag), value.Value); return true;
            case 2: value = new(value.Key, Codecs.ReadMember<TValue>(ref from, tag)); return true;
            default: return false;
        }
    }
}

internal sealed class TupleCodec<T1> : PartsCodec<ValueTuple<T1>>
{
    protected override void WriteParts(ref WireWriter to, ValueTuple<T1> value)
    {
        Codecs.WriteMember(ref to, First, value.Item1);
    }

    protected override bool TryReadPart(ref WireReader from, uint tag, ref ValueTuple<T1> value)
    {
        switch (tag >> 3)
        {
            case 1: value.Item1 = Codecs.ReadMember<T1>(ref from, tag); return true;
            default: return false;
        }
    }
}

internal sealed class TupleCodec<T1, T2> : PartsCodec<ValueTuple<T1, T2>>
{
    protected override void WriteParts(ref WireWriter to, ValueTuple<T1, T2> value)
    {
        Codecs.WriteMember(ref to, First, value.Item1);
        Codecs.WriteMember(ref to, First * 2, value.Item2);
    }

    protected override bool TryReadPart(ref WireReader from, uint tag, ref ValueTuple<T1, T2> value)
    {
        switch (tag >> 3)
        {
            case 1: value.Item1 = Codecs.ReadMember<T1>(ref from, tag); return true;
            case 2: value.Item2 = Codecs.ReadMember<T2>(ref from, tag); return true;
            default: return false;
        }
    }
}

internal sealed class TupleCodec<T1, T2, T3> : PartsCodec<ValueTuple<T1, T2, T3>>
{
    protected override void WriteParts(ref WireWriter to, ValueTuple<T1, T2, T3> value)
    {
        Codecs.WriteMember(ref to, First, value.Item1);
        Codecs.WriteMember(ref to, First * 2, value.Item2);
        Codecs.WriteMember(ref to, First * 3, value.Item3);
    }

    protected override bool TryReadPart(ref WireReader from, uint tag, ref ValueTuple<T1, T2, T3> value)
    {
        switch (tag >> 3)
        {
            case 1: value.Item1 = Codecs.ReadMember<T1>(ref from, tag); return true;
            case 2: value.Item2 = Codecs.ReadMember<T2>(ref from, tag); return true;
            case 3: value.Item3 = Codecs.ReadMember<T3>(ref from, tag); return true;
            default: return false;
        }
    }
}

internal sealed class TupleCodec<T1, T2, T3, T4> : PartsCodec<ValueTuple<T1, T2, T3, T4>>
{
    protected override void WriteParts(ref WireWriter to, ValueTuple<T1, T2, T3, T4> value)
    {
        Codecs.WriteMember(ref to, First, value.Item1);
        Codecs.WriteMember(ref to, First * 2, value.Item2);
        Codecs.WriteMember(ref to, First * 3, value.Item3);
        Codecs.WriteMember(ref to, First * 4, value.Item4);
    }

    protected override bool TryReadPart(ref WireReader from, uint tag, ref ValueTuple<T1, T2, T3, T4> value)
    {
        switch (tag >> 3)
        {
            case 1: value.Item1 = Codecs.ReadMember<T1>(ref from, tag); return true;
            case 2: value.Item2 = Codecs.ReadMember<T2>(ref from, tag); return true;
            case 3: value.Item3 = Codecs.ReadMember<T3>(ref from, tag); return true;
            case 4: value.Item4 = Codecs.ReadMember<T4>(ref from, tag); return true;
            default: return false;
        }
    }
}

internal sealed class TupleCodec<T1, T2, T3, T4, T5> : PartsCodec<ValueTuple<T1, T2, T3, T4, T5>>
{
    protected override void WriteParts(ref WireWriter to, ValueTuple<T1, T2, T3, T4, T5> value)
    {
        Codecs.WriteMember(ref to, First, value.Item1);
        Codecs.WriteMember(ref to, First * 2, value.Item2);
        Codecs.WriteMember(ref to, First * 3, value.Item3);
        Codecs.WriteMember(ref to, First * 4, value.Item4);
        Codecs.WriteMember(ref to, First * 5, value.Item5);
    }

    protected override bool TryReadPart(ref WireReader from, uint tag, ref ValueTuple<T1, T2, T3, T4, T5> value)
    {
        switch (tag >> 3)
        {
            case 1: value.Item1 = Codecs.ReadMember<T1>(ref from, tag); return true;
            case 2: value.Item2 = Codecs.ReadMember<T2>(ref from, tag); return true;
            case 3: value.Item3 = Codecs.ReadMember<T3>(ref from, tag); return true;
            case 4: value.Item4 = Codecs.ReadMember<T4>(ref from, tag); return true;
            case 5: value.Item5 = Codecs.ReadMember<T5>(ref from, tag); return true;
            default: return false;
        }
    }
}
