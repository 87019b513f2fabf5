using FteAgent.Engine.CodeGeneration;

namespace FteAgent.Engine;

/// <summary>The copier of a type, found once. A static field of a generic class is the fastest table there is.</summary>
internal static class CopierOf<T>
{
    private static readonly Copier<T>? Found = (Copier<T>?)CopierRegistry.Find(typeof(T));

    /// <summary>
    /// Whether no value of this type is ever copied. A class that can be derived from gives no such promise: a derived
    /// one may have members of its own.
    /// </summary>
    public static readonly bool IsAlwaysIdentity = Found is { IsIdentity: true } && typeof(T) is { IsSealed: true } or { IsValueType: true };

    public static Copier<T> Required => Found ?? throw CopierRegistry.NotFound(typeof(T));
}
