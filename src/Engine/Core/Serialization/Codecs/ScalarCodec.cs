using FteAgent.Engine.CodeGeneration;

namespace FteAgent.Engine;

/// <summary>Values that are one number or one run of bytes.</summary>
internal abstract class ScalarCodec<T>(WireKind kind) : Codec<T>(kind, isNumbered: false)
{
    public sealed override T Read(ref WireReader from, WireKind kind)
    {
        from.Expect(kind, Kind);
        return Get(ref from);
    }

    protected abstract T Get(ref WireReader from);
}
