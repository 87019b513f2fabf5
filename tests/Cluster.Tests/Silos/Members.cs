using System.Globalization;
using FteAgent.Cluster.Hosting;

namespace FteAgent.Cluster.Silos;

/// <summary>Asks a silo whom it takes for members of its cluster.</summary>
internal static class Members
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>How many active silos it sees, itself among them.</summary>
    public static async Task<int> Of(FleetSilo silo) =>
        int.Parse(await Http.GetStringAsync(new Uri(silo.Http, TestSilo.MembersPath)), CultureInfo.InvariantCulture);
}
