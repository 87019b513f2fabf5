using System.ComponentModel;
using System.Reflection;
using Orleans;
using Orleans.CodeGeneration;

namespace FteAgent.Engine.CodeGeneration;

/// <summary>A method of a grain interface, described once.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RequestMethod
{
    private readonly Type[] _parameters;
    private MethodInfo? _method;

    /// <summary>Describes a method.</summary>
    /// <param name="interfaceType">The interface that declares it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="parameters">The types of its parameters.</param>
    /// <param name="options">How it is called.</param>
    /// <param name="isCancellable">Whether one parameter is a cancellation token.</param>
    /// <param name="responseTimeout">How long its callers wait, when it says so itself.</param>
    /// <param name="interfaceAlias">The interface's name on the wire; null for what never leaves its silo.</param>
    /// <param name="alias">Its own.</param>
    public RequestMethod(
        Type interfaceType, string name, Type[] parameters, InvokeMethodOptions options, bool isCancellable, string? responseTimeout,
        string? interfaceAlias = null, string? alias = null)
    {
        (InterfaceAlias, Alias) = (interfaceAlias, alias);
        if (interfaceAlias is not null && alias is not null) Key = WireMethod.KeyOf(interfaceAlias, alias);
        (InterfaceType, Name, _parameters, Options, IsCancellable) = (interfaceType, name, parameters, options, isCancellable);
        ResponseTimeout = responseTimeout is null ? null : new ResponseTimeoutAttribute(responseTimeout).Timeout;
    }

    internal Type InterfaceType { get; }

    internal string Name { get; }

    internal string? InterfaceAlias { get; }

    internal string? Alias { get; }

    /// <summary>What names it on the wire.</summary>
    internal ulong? Key { get; }

    internal InvokeMethodOptions Options { get; }

    internal bool IsCancellable { get; }

    internal TimeSpan? ResponseTimeout { get; }

    /// <summary>Only filters and errors ask for it, so it is found when asked for.</summary>
    internal MethodInfo Info => _method ??= InterfaceType.GetMethod(
        Name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, _parameters)
        ?? throw new MissingMethodException(InterfaceType.FullName, Name);

    /// <inheritdoc/>
    public override string ToString() => $"{InterfaceType.Name}.{Name}";
}
