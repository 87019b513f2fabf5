using System.ComponentModel;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization;

namespace FteAgent.Engine.CodeGeneration;

/// <summary>Copies values of any type that may cross a call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Copiers
{
    /// <summary>Copies a value on its own.</summary>
    /// <exception cref="CodecNotFoundException">Its type, or that of something in it, has no codec.</exception>
    public static T Copy<T>(T value) => value is null || CopierOf<T>.IsAlwaysIdentity ? value : Copy(value, new CopyContext());

    /// <summary>Copies a value as a part of a greater one.</summary>
    /// <exception cref="CodecNotFoundException">Its type, or that of something in it, has no codec.</exception>
    public static T Copy<T>(T value, CopyContext context)
    {
        if (value is null || CopierOf<T>.IsAlwaysIdentity) return value;
        if (typeof(T).IsValueType || value.GetType() == typeof(T)) return CopierOf<T>.Required.Copy(value, context);

        // References are passed as they are; a grain that passes itself is passed as a reference.
        if (value is IAddressable grain) return grain is GrainReference ? value : (T)grain.AsReference(typeof(T));

        return (T)CopierRegistry.Of(value.GetType()).CopyObject(value, context);
    }
}
