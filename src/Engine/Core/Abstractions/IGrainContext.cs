namespace Orleans.Runtime;

/// <summary>One activation: a grain's life in memory.</summary>
public interface IGrainContext : IEquatable<IGrainContext>
{
    /// <summary>A reference to the grain.</summary>
    GrainReference GrainReference { get; }

    /// <summary>The grain's identity.</summary>
    GrainId GrainId { get; }

    /// <summary>The object that runs the calls.</summary>
    object? GrainInstance { get; }

    /// <summary>This activation's identity.</summary>
    ActivationId ActivationId { get; }

    /// <summary>Where the grain is active.</summary>
    GrainAddress Address { get; }

    /// <summary>The services of this activation.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Done when this activation has ended.</summary>
    Task Deactivated { get; }

    /// <summary>Ends this activation when the running calls are done.</summary>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}

/// <summary>Gives the activation that runs here.</summary>
public interface IGrainContextAccessor
{
    /// <summary>The activation that runs here.</summary>
    IGrainContext GrainContext { get; }
}
