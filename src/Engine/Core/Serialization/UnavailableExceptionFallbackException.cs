namespace Orleans.Serialization;

/// <summary>Stands for an exception whose type cannot cross between silos: its message, its stack and the name of its type remain.</summary>
[GenerateSerializer, Alias("orleans.unavailable-exception")]
public sealed class UnavailableExceptionFallbackException : Exception
{
    /// <summary>Makes one without a message.</summary>
    public UnavailableExceptionFallbackException()
    {
    }

    /// <summary>Makes one with a message and a cause.</summary>
    public UnavailableExceptionFallbackException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>The name of the exception's type, to be read by people.</summary>
    [Id(0)]
    public string ExceptionType { get; internal set; } = "";

    /// <inheritdoc/>
    public override string ToString() => string.IsNullOrWhiteSpace(ExceptionType) ? $"Unknown exception: {base.ToString()}" : $"Unknown exception of type {ExceptionType}: {base.ToString()}";
}
