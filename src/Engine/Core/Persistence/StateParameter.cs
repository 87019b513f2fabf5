using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>A parameter of a grain's constructor that is marked as a state.</summary>
internal abstract class StateParameter
{
    /// <summary>The parameter's type.</summary>
    public abstract Type Type { get; }

    /// <summary>Makes the state of one activation.</summary>
    public abstract object Make(Activation activation);

    /// <summary>Those of a grain class, in their order.</summary>
    public static StateParameter[] Of(Type grainClass) =>
    [
        .. grainClass.GetConstructors()
            .Select(static constructor => constructor.GetParameters().Where(static parameter => parameter.IsDefined(typeof(PersistentStateAttribute))).ToArray())
            .FirstOrDefault(static parameters => parameters.Length > 0, [])
            .Select(parameter => Of(grainClass, parameter)),
    ];

    private static StateParameter Of(Type grainClass, ParameterInfo parameter)
    {
        if (!parameter.ParameterType.IsGenericType || parameter.ParameterType.GetGenericTypeDefinition() != typeof(IPersistentState<>))
            throw new InvalidOperationException($"{grainClass} marks '{parameter.Name}' with [PersistentState], but it is no IPersistentState<>.");

        return (StateParameter)Activator.CreateInstance(
            typeof(Parameter<>).MakeGenericType(parameter.ParameterType.GetGenericArguments()), parameter.GetCustomAttribute<PersistentStateAttribute>())!;
    }

    private sealed class Parameter<TState>(PersistentStateAttribute configuration) : StateParameter
    {
        public override Type Type => typeof(IPersistentState<TState>);

        public override object Make(Activation activation) =>
            activation.Shared.Silo.Services.GetRequiredService<IPersistentStateFactory>().Create<TState>(activation, configuration);
    }
}
