using System.Reflection;

namespace Orleans.Serialization.Invocation;

/// <summary>One call as filters see it: which method, with which arguments.</summary>
public interface IInvokable
{
    /// <summary>Whether the method takes a cancellation token.</summary>
    bool IsCancellable { get; }

    /// <summary>The number of arguments.</summary>
    int GetArgumentCount();

    /// <summary>An argument by its place.</summary>
    object? GetArgument(int index);

    /// <summary>Replaces an argument.</summary>
    void SetArgument(int index, object value);

    /// <summary>The method's name.</summary>
    string GetMethodName();

    /// <summary>The interface's name.</summary>
    string GetInterfaceName();

    /// <summary>The interface.</summary>
    Type GetInterfaceType();

    /// <summary>The interface's method.</summary>
    MethodInfo GetMethod();

    /// <summary>How long the caller waits, when the method says so itself.</summary>
    TimeSpan? GetDefaultResponseTimeout();
}
