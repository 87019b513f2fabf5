using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.ExceptionServices;
using FteAgent.Engine.CodeGeneration;
using Orleans;
using Orleans.Serialization;

namespace FteAgent.Engine;

/// <summary>
/// Lets an exception cross a call with its own type. A type of an assembly that declares grains must carry
/// <see cref="GenerateSerializerAttribute"/>, or it could not cross between silos; the framework's own always can.
/// </summary>
internal static class CrossingException
{
    private static readonly ConcurrentDictionary<Type, bool> MayCross = new();

    public static Exception From(Exception exception)
    {
        var type = exception.GetType();
        return MayCross.GetOrAdd(type, HasCodec)
            ? exception
            : new CodecNotFoundException($"{type} cannot cross a grain call: it carries no [GenerateSerializer]. Its message was: {exception.Message}");
    }

    /// <summary>
    /// What is written to another silo: the exception itself where its type can be made there, else one that tells of it.
    /// </summary>
    public static Exception ForWire(Exception exception)
    {
        exception = From(exception);
        if (CodecRegistry.Has(exception.GetType())) return exception;

        var stand = new UnavailableExceptionFallbackException(exception.Message, exception.InnerException!)
        {
            ExceptionType = exception.GetType().ToString(),
            HResult = exception.HResult,
        };
        return exception.StackTrace is { } stack ? ExceptionDispatchInfo.SetRemoteStackTrace(stand, stack) : stand;
    }

    private static bool HasCodec(Type type) =>
        type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false)
        || !type.Assembly.IsDefined(typeof(EngineManifestAttribute));
}
