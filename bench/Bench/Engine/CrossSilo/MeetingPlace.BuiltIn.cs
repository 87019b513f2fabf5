namespace FteAgent.Bench.Engine.CrossSilo;

/// <summary>How two silos on one machine meet without a database.</summary>
internal static class MeetingPlace
{
    /// <summary>Whether grain calls can be measured.</summary>
    public static bool Exists => false;

    public static void Join(ISiloBuilder silo, TwoSilos silos, bool second) => throw new NotSupportedException();
}
