using System.Buffers;
using FteAgent.Engine.CodeGeneration;
using Orleans.Serialization;

namespace FteAgent.Engine;

/// <summary>
/// Calls and responses as bytes. Whoever carries them says where each ends and which response belongs to which call.
/// What cannot be written leaves no byte behind, and what cannot be read is a <see cref="SerializerException"/>, always.
/// </summary>
internal static class Wire
{
    private const byte Version = 1;

    /// <summary>Writes a call.</summary>
    /// <exception cref="CodecNotFoundException">An argument, or a value of the request context, cannot cross.</exception>
    public static void WriteRequest(IBufferWriter<byte> to, GrainRequest request)
    {
        var context = WriteContext.Rent();
        try
        {
            var writer = new WireWriter(context);
            writer.WriteByte(Version);
            RequestHead.Write(ref writer, request);
            writer.BeginObject();
            request.WriteArguments(ref writer);
            writer.EndObject();
            to.Write(writer.Written);
        }
        finally
        {
            context.Return();
        }
    }

    /// <summary>Reads a call, which goes to its grain by <see cref="Dispatcher.Deliver"/>; its response goes to the sink.</summary>
    /// <exception cref="UnknownMethodException">This silo has no such method. The caller is to hear of it by <see cref="WriteFailure"/>.</exception>
    /// <exception cref="SerializerException">The bytes mean nothing here.</exception>
    public static GrainRequest ReadRequest(
        ReadOnlySpan<byte> from, GrainReferenceFactory references, IResponseSink? sink, WireCatalog? catalog = null)
    {
        var context = ReadContext.Rent(catalog ?? WireCatalog.Default, references);
        try
        {
            var reader = new WireReader(from, context);
            ReadVersion(ref reader);
            var request = RequestHead.Read(ref reader, sink);
            request.ReadArguments(ref reader);
            if (reader.Remaining != 0) throw reader.Malformed("more follows where a call should end");
            return request;
        }
        catch (Exception exception) when (exception is not SerializerException)
        {
            throw Unreadable(exception);
        }
        finally
        {
            context.Return();
        }
    }

    /// <summary>Writes a result.</summary>
    public static void WriteResponse<T>(IBufferWriter<byte> to, T result)
    {
        var context = WriteContext.Rent();
        try
        {
            var writer = new WireWriter(context);
            ResponseForm.WriteResult(ref writer, result);
            to.Write(writer.Written);
        }
        finally
        {
            context.Return();
        }
    }

    /// <summary>Writes that a call failed. Always can: an exception that cannot cross is told of by one that can.</summary>
    public static void WriteFailure(IBufferWriter<byte> to, Exception failure)
    {
        var context = WriteContext.Rent();
        try
        {
            var writer = new WireWriter(context);
            ResponseForm.WriteFailure(ref writer, failure);
            to.Write(writer.Written);
        }
        finally
        {
            context.Return();
        }
    }

    /// <summary>
    /// Ends the wait for a call with the response that came: its result, its failure, or that the response cannot be read.
    /// A call that itself came from another silo passes the response on as it is.
    /// </summary>
    public static void ReadResponse(ReadOnlySpan<byte> from, GrainRequest waiting, GrainReferenceFactory references, WireCatalog? catalog = null)
    {
        if (waiting.Sink is not null)
        {
            waiting.PassOn(from);
            return;
        }

        var context = ReadContext.Rent(catalog ?? WireCatalog.Default, references);
        try
        {
            var reader = new WireReader(from, context);
            ResponseForm.Read(ref reader, waiting);
        }
        catch (Exception exception)
        {
            waiting.Fail(exception as SerializerException ?? Unreadable(exception));
        }
        finally
        {
            context.Return();
        }
    }

    /// <summary>Writes a response and hands it to where it goes. A result that cannot be written becomes a failure.</summary>
    internal static void Respond<T>(IResponseSink sink, GrainRequest request, T result, Exception? failure)
    {
        var context = WriteContext.Rent();
        try
        {
            var writer = new WireWriter(context);
            try
            {
                if (failure is null) ResponseForm.WriteResult(ref writer, result);
            }
            catch (Exception exception)
            {
                failure = exception;
                writer.Reset();
            }

            if (failure is not null) ResponseForm.WriteFailure(ref writer, failure);
            sink.Respond(request, writer.Written);
        }
        finally
        {
            context.Return();
        }
    }

    internal static void ReadVersion(ref WireReader from)
    {
        if (from.ReadByte() is var version && version != Version)
            throw from.Malformed($"it is of version {version}, and this silo reads version {Version}");
    }

    internal static void WriteVersion(ref WireWriter to) => to.WriteByte(Version);

    internal static SerializerException Unreadable(Exception exception) => new($"A message cannot be read: {exception.Message}", exception);
}

/// <summary>A value on its own as bytes, for states that are stored.</summary>
internal static class WireCodec
{
    /// <summary>Writes a value.</summary>
    /// <exception cref="CodecNotFoundException">Its type, or that of something in it, has no codec.</exception>
    public static byte[] Serialize<T>(T value)
    {
        var context = WriteContext.Rent();
        try
        {
            var writer = new WireWriter(context);
            Wire.WriteVersion(ref writer);
            Codecs.WriteItem(ref writer, WireTag.Item, value);
            return writer.Written.ToArray();
        }
        finally
        {
            context.Return();
        }
    }

    /// <summary>Reads a value.</summary>
    /// <exception cref="SerializerException">The bytes are no such value.</exception>
    public static T Deserialize<T>(ReadOnlySpan<byte> from, GrainReferenceFactory? references = null, WireCatalog? catalog = null)
    {
        var context = ReadContext.Rent(catalog ?? WireCatalog.Default, references);
        try
        {
            var reader = new WireReader(from, context);
            Wire.ReadVersion(ref reader);
            var value = Codecs.ReadItem<T>(ref reader, reader.ReadItemKind());
            return reader.Remaining == 0 ? value : throw reader.Malformed("more follows where a value should end");
        }
        catch (Exception exception) when (exception is not SerializerException)
        {
            throw Wire.Unreadable(exception);
        }
        finally
        {
            context.Return();
        }
    }
}
