using FteAgent.Engine;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans;

/// <summary>The base of grain classes.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    /// <summary>Made by the runtime, which is known from where the constructor runs.</summary>
    protected Grain() : this(RuntimeContext.Current!)
    {
    }

    /// <summary>Made by a test that brings its own context.</summary>
    protected Grain(IGrainContext grainContext, IGrainRuntime? grainRuntime = null)
    {
        GrainContext = grainContext;
        Runtime = grainRuntime ?? grainContext switch
        {
            // Spares the activation a scope of its own, which it may never need.
            Activation activation => activation.Shared.Silo.Runtime,
            _ => grainContext?.ActivationServices.GetService<IGrainRuntime>(),
        };
    }

    /// <summary>This activation.</summary>
    public IGrainContext GrainContext { get; }

    /// <summary>A reference to this grain.</summary>
    public GrainReference GrainReference => GrainContext.GrainReference;

    /// <summary>The grain's identity in words.</summary>
    public string IdentityString => GrainContext.GrainId.ToString();

    /// <summary>The silo's identity in words.</summary>
    public string RuntimeIdentity => Runtime?.SiloIdentity ?? "";

    internal IGrainRuntime? Runtime { get; }

    /// <summary>Gives references to other grains.</summary>
    protected IGrainFactory GrainFactory => RequireRuntime().GrainFactory;

    /// <summary>The services of this activation.</summary>
    protected internal IServiceProvider ServiceProvider => GrainContext?.ActivationServices ?? RequireRuntime().ServiceProvider;

    /// <summary>Runs before the first call; the calls wait for it.</summary>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs after the last call. Not promised: a process may end at any time.</summary>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends this activation when the running calls are done; calls that wait go to the next one.</summary>
    protected void DeactivateOnIdle() => RequireRuntime().DeactivateOnIdle(GrainContext);

    /// <summary>Keeps this activation from being collected as idle for this long.</summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => RequireRuntime().DelayDeactivation(GrainContext, timeSpan);

    internal IGrainRuntime RequireRuntime() => Runtime
        ?? throw new InvalidOperationException($"{GetType()} was made outside of the silo, and no runtime was given to it.");
}
