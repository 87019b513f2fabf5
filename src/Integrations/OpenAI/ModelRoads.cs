using System.Collections.Immutable;
using System.Diagnostics.Metrics;

namespace FteAgent.OpenAI;

/// <summary>The roads to the models of this deployment; the one that is asked first comes first.</summary>
internal sealed class ModelRoads(ImmutableArray<ModelRoad> roads)
{
    /// <summary>All of them, at least one.</summary>
    public ImmutableArray<ModelRoad> All => roads;

    /// <summary>1 for each model that is left alone, else 0.</summary>
    public IEnumerable<Measurement<int>> Circuits() => Each(road => road.IsOpen ? 1 : 0);

    /// <summary>A figure of each, under its model's name.</summary>
    public IEnumerable<Measurement<int>> Each(Func<ModelRoad, int> figure) =>
        roads.Select(road => new Measurement<int>(figure(road), new KeyValuePair<string, object?>("model", road.Model)));
}
