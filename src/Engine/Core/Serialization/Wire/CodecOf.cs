using FteAgent.Engine.CodeGeneration;

namespace FteAgent.Engine;

/// <summary>The codec of a type, found once.</summary>
internal static class CodecOf<T>
{
    /// <summary>Null where the value's own type decides.</summary>
    public static readonly Codec<T>? Found = (Codec<T>?)CodecRegistry.Find(typeof(T));

    /// <summary>The kind that all its values have, so that a list of them need not say it for each; Extended where each says it.</summary>
    public static readonly WireKind UniformKind =
        typeof(T).IsValueType && Found is { Kind: <= WireKind.Fixed16 } and ScalarCodec<T> ? Found.Kind : WireKind.Extended;

    public static Codec<T> Required => Found ?? throw CodecRegistry.NotFound(typeof(T));
}
