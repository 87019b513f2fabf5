namespace Orleans.Runtime;

/// <summary>The runtime could not do what was asked.</summary>
[GenerateSerializer, Alias("orleans.exception")]
public class OrleansException : Exception
{
    /// <summary>Makes one without a message.</summary>
    public OrleansException()
    {
    }

    /// <summary>Makes one with a message.</summary>
    public OrleansException(string message) : base(message)
    {
    }

    /// <summary>Makes one with a message and a cause.</summary>
    public OrleansException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>A call was turned away before it ran.</summary>
[GenerateSerializer, Alias("orleans.message-rejection")]
public class OrleansMessageRejectionException : OrleansException
{
    internal OrleansMessageRejectionException(string message) : base(message)
    {
    }

    internal OrleansMessageRejectionException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>The silo that should run a call is gone, or going.</summary>
[GenerateSerializer, Alias("orleans.silo-unavailable")]
public sealed class SiloUnavailableException : OrleansMessageRejectionException
{
    /// <summary>Makes one with a general message.</summary>
    public SiloUnavailableException() : base("The silo is unavailable.")
    {
    }

    /// <summary>Makes one with a message.</summary>
    public SiloUnavailableException(string msg) : base(msg)
    {
    }

    /// <summary>Makes one with a message and a cause.</summary>
    public SiloUnavailableException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>The configuration cannot work.</summary>
[GenerateSerializer, Alias("orleans.configuration-exception")]
public sealed class OrleansConfigurationException : Exception
{
    /// <summary>Makes one with a message.</summary>
    public OrleansConfigurationException(string message) : base(message)
    {
    }

    /// <summary>Makes one with a message and a cause.</summary>
    public OrleansConfigurationException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
