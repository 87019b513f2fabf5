using System.Net;
using FteAgent.Engine.CodeGeneration;
using Orleans.Runtime;

namespace FteAgent.Engine;

internal sealed class IdSpanCodec() : ScalarCodec<IdSpan>(WireKind.Bytes)
{
    public override void Write(ref WireWriter to, IdSpan value) => to.WriteBytes(value.AsSpan());

    protected override IdSpan Get(ref WireReader from) => WireIds.ReadKey(ref from);
}

internal sealed class GrainTypeCodec() : ScalarCodec<GrainType>(WireKind.Bytes)
{
    public override void Write(ref WireWriter to, GrainType value) => to.WriteBytes(value.Value.AsSpan());

    protected override GrainType Get(ref WireReader from) => new(WireIds.ReadName(ref from));
}

internal sealed class GrainInterfaceTypeCodec() : ScalarCodec<GrainInterfaceType>(WireKind.Bytes)
{
    public override void Write(ref WireWriter to, GrainInterfaceType value) => to.WriteBytes(value.Value.AsSpan());

    protected override GrainInterfaceType Get(ref WireReader from) => new(WireIds.ReadName(ref from));
}

internal sealed class ActivationIdCodec() : ScalarCodec<ActivationId>(WireKind.Fixed16)
{
    public override void Write(ref WireWriter to, ActivationId value) => value.Key.TryWriteBytes(to.Take(16));

    protected override ActivationId Get(ref WireReader from) => new(new Guid(from.Take(16)));
}

internal sealed class GrainIdCodec : PartsCodec<GrainId>
{
    protected override void WriteParts(ref WireWriter to, GrainId value)
    {
        Codecs.WriteMember(ref to, First, value.Type);
        Codecs.WriteMember(ref to, First * 2, value.Key);
    }

    protected override bool TryReadPart(ref WireReader from, uint tag, ref GrainId value)
    {
        switch (tag >> 3)
        {
            case 1: value = new(Codecs.ReadMember<GrainType>(ref from, tag), value.Key); return true;
            case 2: value = new(value.Type, Codecs.ReadMember<IdSpan>(ref from, tag)); return true;
            default: return false;
        }
    }
}

internal sealed class SiloAddressCodec() : Codec<SiloAddress>(isNumbered: false)
{
    private const uint Endpoint = 8;
    private const uint Generation = 16;

    public override void Write(ref WireWriter to, SiloAddress value)
    {
        to.BeginObject();
        Codecs.WriteMember(ref to, Endpoint, value.Endpoint);
        Codecs.WriteMember(ref to, Generation, value.Generation);
        to.EndObject();
    }

    public override SiloAddress Read(ref WireReader from, WireKind kind)
    {
        from.BeginObject(kind);
        var (endpoint, generation) = (new IPEndPoint(IPAddress.None, 0), 0);
        uint tag;
        while ((tag = from.NextField()) > WireTag.NextLevel)
        {
            switch (tag & ~7u)
            {
                case Endpoint: endpoint = Codecs.ReadMember<IPEndPoint>(ref from, tag) ?? endpoint; break;
                case Generation: generation = Codecs.ReadMember<int>(ref from, tag); break;
                default: from.SkipField(tag); break;
            }
        }

        from.EndObject(tag);
        return SiloAddress.New(endpoint, generation);
    }
}

internal sealed class GrainAddressCodec() : Codec<GrainAddress>(isNumbered: false)
{
    private const uint Grain = 8;
    private const uint Activation = 16;
    private const uint Silo = 24;

    public override void Write(ref WireWriter to, GrainAddress value)
    {
        to.BeginObject();
        Codecs.WriteMember(ref to, Grain, value.GrainId);
        Codecs.WriteMember(ref to, Activation, value.ActivationId);
        Codecs.WriteMember(ref to, Silo, value.SiloAddress);
        to.EndObject();
    }

    public override GrainAddress Read(ref WireReader from, WireKind kind)
    {
        from.BeginObject(kind);
        var (grain, activation, silo) = (default(GrainId), default(ActivationId), (SiloAddress?)null);
        uint tag;
        while ((tag = from.NextField()) > WireTag.NextLevel)
        {
            switch (tag & ~7u)
            {
                case Grain: grain = Codecs.ReadMember<GrainId>(ref from, tag); break;
                case Activation: activation = Codecs.ReadMember<ActivationId>(ref from, tag); break;
                case Silo: silo = Codecs.ReadMember<SiloAddress?>(ref from, tag); break;
                default: from.SkipField(tag); break;
            }
        }

        from.EndObject(tag);
        return new() { GrainId = grain, ActivationId = activation, SiloAddress = silo };
    }
}

/// <summary>A grain's identity and the interface by which it is referred to. Where it lives is nobody's secret and nobody's promise.</summary>
internal sealed class GrainReferenceCodec() : Codec<GrainReference>(isNumbered: false)
{
    private const uint Grain = 8;
    private const uint Key = 16;
    private const uint Interface = 24;

    public static readonly GrainReferenceCodec Instance = new();

    public override void Write(ref WireWriter to, GrainReference value)
    {
        to.BeginObject();
        Codecs.WriteMember(ref to, Grain, value.GrainId.Type);
        Codecs.WriteMember(ref to, Key, value.GrainId.Key);
        Codecs.WriteMember(ref to, Interface, value.InterfaceType);
        to.EndObject();
    }

    public override GrainReference Read(ref WireReader from, WireKind kind)
    {
        from.BeginObject(kind);
        var (type, key, name) = (default(GrainType), default(IdSpan), default(GrainInterfaceType));
        uint tag;
        while ((tag = from.NextField()) > WireTag.NextLevel)
        {
            switch (tag & ~7u)
            {
                case Grain: type = Codecs.ReadMember<GrainType>(ref from, tag); break;
                case Key: key = Codecs.ReadMember<IdSpan>(ref from, tag); break;
                case Interface: name = Codecs.ReadMember<GrainInterfaceType>(ref from, tag); break;
                default: from.SkipField(tag); break;
            }
        }

        from.EndObject(tag);
        var references = from.Context.References ?? throw from.Malformed("there is a reference to a grain where nobody can make one");
        var interfaceType = from.Context.Catalog.Type(name.Value.AsSpan());
        if (interfaceType is null || !interfaceType.IsInterface) throw from.Malformed($"there is a reference by the interface '{name}', which is not known here");

        return references.Make(interfaceType, new GrainId(type, key));
    }
}

/// <summary>Reads pieces of identities.</summary>
internal static class WireIds
{
    /// <summary>Names of grain classes and interfaces come again and again; this many are kept, each where its hash puts it.</summary>
    private const int KeptNames = 256;

    private const int LongestKeptName = 256;

    private static readonly IdSpan[][] Names = new IdSpan[KeptNames][];

    public static IdSpan ReadKey(ref WireReader from)
    {
        var bytes = from.ReadBytes();
        return bytes.IsEmpty ? default : new(bytes.ToArray());
    }

    public static IdSpan ReadName(ref WireReader from)
    {
        var bytes = from.ReadBytes();
        if (bytes.IsEmpty) return default;
        if (bytes.Length > LongestKeptName) return new(bytes.ToArray());

        // A race costs an array and no more: each slot is replaced as a whole.
        ref var slot = ref Names[StableHash.Compute(bytes) % KeptNames];
        if (slot is [var known] && known.AsSpan().SequenceEqual(bytes)) return known;

        slot = [new IdSpan(bytes.ToArray())];
        return slot[0];
    }
}
