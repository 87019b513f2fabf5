using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Engine.Tests.Support;

/// <summary>What only the stand-in shows.</summary>
internal sealed partial class TestSilo
{
    public int Activations => Cluster.GetSiloServiceProvider().GetRequiredService<Silo>().Catalog.Count;
}
