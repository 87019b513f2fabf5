namespace FteAgent.Bench.Engine.CrossSilo;

/// <summary>One way to ask the other process, and how it went in each round.</summary>
internal sealed record Way(string Name, Func<Task<Round>> Run)
{
    public List<Round> Results { get; } = [];

    public double PerSecond => Median(round => round.PerSecond);

    public double P50 => Median(round => round.P50);

    public double P99 => Median(round => round.P99);

    private double Median(Func<Round, double> of) => Results.Select(of).Order().ElementAt(Results.Count / 2);
}
