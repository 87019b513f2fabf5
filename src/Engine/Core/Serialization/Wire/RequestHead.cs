using System.Collections.Immutable;
using FteAgent.Engine.CodeGeneration;
using Orleans.Runtime;
using Orleans.Serialization;

namespace FteAgent.Engine;

/// <summary>What a call says of itself before its arguments. Fields, so that later versions may add some.</summary>
internal static class RequestHead
{
    private const uint Method = 8;
    private const uint TargetType = 16;
    private const uint TargetKey = 24;
    private const uint SourceType = 32;
    private const uint SourceKey = 40;
    private const uint Values = 48;
    private const uint IsCancellable = 56;

    public static void Write(ref WireWriter to, GrainRequest request)
    {
        to.WriteTag(Method | (uint)WireKind.Fixed8);
        to.WriteFixed8(request.Method.Key ?? throw new SerializerException($"{request.Method} cannot be called on another silo: it has no alias."));
        WriteId(ref to, TargetType, TargetKey, request.Target);
        if (request.SourceId is { } source) WriteId(ref to, SourceType, SourceKey, source);
        if (request.Context is { } values) WriteValues(ref to, values);
        if (request.Cancellation is not null)
        {
            to.WriteTag(IsCancellable | (uint)WireKind.Varint);
            to.WriteByte(1);
        }

        to.WriteByte(WireTag.End);
    }

    public static GrainRequest Read(ref WireReader from, IResponseSink? sink)
    {
        GrainRequest? request = null;
        var (targetType, targetKey, sourceType, sourceKey) = (default(GrainType), default(IdSpan), default(GrainType), default(IdSpan));
        ImmutableDictionary<string, object>? values = null;
        var isCancellable = false;
        uint tag;
        while ((tag = from.NextField()) > WireTag.NextLevel)
        {
            switch (tag)
            {
                case Method | (uint)WireKind.Fixed8: request = Create(ref from); break;
                case TargetType | (uint)WireKind.Bytes: targetType = new(WireIds.ReadName(ref from)); break;
                case TargetKey | (uint)WireKind.Bytes: targetKey = WireIds.ReadKey(ref from); break;
                case SourceType | (uint)WireKind.Bytes: sourceType = new(WireIds.ReadName(ref from)); break;
                case SourceKey | (uint)WireKind.Bytes: sourceKey = WireIds.ReadKey(ref from); break;
                case Values | (uint)WireKind.List: values = ReadValues(ref from); break;
                case IsCancellable | (uint)WireKind.Varint: isCancellable = from.ReadVarint() != 0; break;
                default: from.SkipField(tag); break;
            }
        }

        if (request is null || targetType.IsDefault || targetKey.IsDefault) throw from.Malformed("a call does not say whom it calls, or what");

        request.AddressRemote(new(targetType, targetKey), sourceType.IsDefault ? null : new GrainId(sourceType, sourceKey), values, sink);
        if (isCancellable && request.IsCancellable) request.EnsureCancellation();
        return request;
    }

    private static GrainRequest Create(ref WireReader from)
    {
        var key = from.ReadFixed8();
        return from.Context.Catalog.TryCreate(key, out var request) ? request : throw new UnknownMethodException($"This silo has no method of the key {key:x16}.");
    }

    private static void WriteId(ref WireWriter to, uint type, uint key, GrainId id)
    {
        to.WriteTag(type | (uint)WireKind.Bytes);
        to.WriteBytes(id.Type.Value.AsSpan());
        to.WriteTag(key | (uint)WireKind.Bytes);
        to.WriteBytes(id.Key.AsSpan());
    }

    /// <summary>A map whose values each say their type.</summary>
    private static void WriteValues(ref WireWriter to, ImmutableDictionary<string, object> values)
    {
        to.WriteTag(Values | (uint)WireKind.List);
        to.Enter();
        ListHead.Write(ref to, values.Count, WireKind.Extended, WireKind.Extended);
        foreach (var (name, value) in values)
        {
            Items.Write(ref to, name);
            Items.Write(ref to, value);
        }

        to.Leave();
    }

    private static ImmutableDictionary<string, object>? ReadValues(ref WireReader from)
    {
        from.Enter();
        var head = ListHead.Read(ref from);
        if (!head.IsMap) throw from.Malformed("there is a list where a map belongs");

        var builder = ImmutableDictionary.CreateBuilder<string, object>();
        for (var i = 0; i < head.Count; i++)
        {
            var name = Items.Read<string>(ref from, head.Items) ?? throw from.Malformed("a key is null");
            builder[name] = Items.Read<object>(ref from, head.Values);
        }

        from.Leave();
        return builder.Count == 0 ? null : builder.ToImmutable();
    }
}

/// <summary>A call names a method that this silo has not: its caller runs another version.</summary>
internal sealed class UnknownMethodException(string message) : SerializerException(message);
