using FteAgent.Engine.CodeGeneration;
using Orleans.Serialization;

namespace FteAgent.Engine;

/// <summary>A response: a byte that says how the call ended, and what it ended with.</summary>
internal static class ResponseForm
{
    private const byte Result = 0;
    private const byte Failure = 1;
    private const byte UnknownMethod = 2;

    public static void WriteResult<T>(ref WireWriter to, T result)
    {
        Wire.WriteVersion(ref to);
        to.WriteByte(Result);
        if (typeof(T) != typeof(Nothing)) Codecs.WriteItem(ref to, WireTag.Item, result);
    }

    public static void WriteFailure(ref WireWriter to, Exception failure)
    {
        if (failure is UnknownMethodException)
        {
            Wire.WriteVersion(ref to);
            to.WriteByte(UnknownMethod);
            return;
        }

        try
        {
            Write(ref to, CrossingException.ForWire(failure));
        }
        catch (Exception exception)
        {
            // A member of the exception cannot be written, or its own code failed.
            to.Reset();
            Write(ref to, new SerializerException($"{failure.GetType()} could not be written: {exception.Message} Its message was: {failure.Message}"));
        }
    }

    public static void Read(ref WireReader from, GrainRequest waiting)
    {
        Wire.ReadVersion(ref from);
        switch (from.ReadByte())
        {
            case Result:
                waiting.Complete(ref from);
                break;
            case Failure:
                var kind = from.ReadItemKind();
                waiting.Fail(Codecs.ReadItem<Exception>(ref from, kind) ?? throw from.Malformed("a failure is missing"));
                break;
            case UnknownMethod:
                var method = waiting.Method;
                waiting.Fail(new SerializerException(
                    $"The silo that holds {waiting.Target} knows no method '{method.InterfaceAlias}.{method.Alias}': it probably runs another version."));
                break;
            default:
                throw from.Malformed("a call ended in a way that is not known here");
        }
    }

    private static void Write(ref WireWriter to, Exception failure)
    {
        Wire.WriteVersion(ref to);
        to.WriteByte(Failure);
        Codecs.WriteItem(ref to, WireTag.Item, failure);
    }
}
