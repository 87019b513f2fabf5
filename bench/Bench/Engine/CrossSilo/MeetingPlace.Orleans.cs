using System.Net;

namespace FteAgent.Bench.Engine.CrossSilo;

/// <summary>How two silos on one machine meet without a database: by Orleans' membership for development, which the first silo keeps.</summary>
internal static class MeetingPlace
{
    public static void Join(ISiloBuilder silo, TwoSilos silos, bool second) => silo.UseLocalhostClustering(
        second ? silos.Second : silos.First,
        second ? silos.SecondGateway : silos.FirstGateway,
        new IPEndPoint(IPAddress.Loopback, silos.First));
}
