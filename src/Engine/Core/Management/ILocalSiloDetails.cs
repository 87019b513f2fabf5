namespace Orleans.Runtime;

/// <summary>What this silo is.</summary>
public interface ILocalSiloDetails
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>Its cluster.</summary>
    string ClusterId { get; }

    /// <summary>Its address.</summary>
    SiloAddress SiloAddress { get; }
}
