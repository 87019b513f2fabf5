namespace Orleans.Serialization;

/// <summary>A value could not be copied or written.</summary>
[GenerateSerializer, Alias("orleans.serializer-exception")]
public class SerializerException : Exception
{
    /// <summary>Makes one without a message.</summary>
    public SerializerException()
    {
    }

    /// <summary>Makes one with a message.</summary>
    public SerializerException(string message) : base(message)
    {
    }

    /// <summary>Makes one with a message and a cause.</summary>
    public SerializerException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>A value's type has no codec, so that it may not cross a grain call.</summary>
[GenerateSerializer, Alias("orleans.codec-not-found")]
public sealed class CodecNotFoundException(string message) : SerializerException(message);
