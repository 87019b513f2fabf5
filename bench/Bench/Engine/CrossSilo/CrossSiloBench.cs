namespace FteAgent.Bench.Engine.CrossSilo;

/// <summary>
/// Calls between two processes, each a silo: 100 callers on one await a small method of grains on the other. Beside them, in the same
/// rounds, the bare network with the same frames, so that the price of the engine can be told from the speed of the machine.
/// </summary>
internal static class CrossSiloBench
{
    private const int WarmUps = 2;

    public static async Task Run()
    {
        var figures = Figures.Begin("cross-silo");
        var silos = TwoSilos.OnFreePorts();
        await using var partner = Partner.Start();
        await using var transport = new Transport();
        await using var grains = new GrainEcho();

        var port = int.Parse(await partner.Ask("tcp"), System.Globalization.CultureInfo.InvariantCulture);
        var callers = new TcpCallers(await TcpEcho.Dial(port));
        var pipe = await TcpEcho.Dial(port);
        await transport.Dial(partner);
        await grains.Start(silos, second: false);
        await partner.Ask($"silo {silos}");
        await grains.FindGrains();

        Way[] ways =
        [
            new("tcp pipeline", () => TcpEcho.Pipeline(pipe)),
            new("tcp callers", () => Load.Run(callers.Call)),
            .. transport.Ways(),
            new("grains", () => Load.Run(grains.Call)),
        ];
        await Measure(ways);
        Report(figures, ways);
        figures.Write();
    }

    // In turns, so that whatever else the machine does hits all alike.
    private static async Task Measure(Way[] ways)
    {
        Console.WriteLine($"  load average before: {Machine.LoadAverage}");
        for (var round = -WarmUps; round < Rounds.Count; round++)
        {
            foreach (var way in ways)
            {
                var (collections, contended) = (GC.CollectionCount(0), Monitor.LockContentionCount);
                var result = await way.Run();
                if (round < 0) continue;

                // What a tail is mostly made of: collections, and threads that waited for each other.
                way.Results.Add(result);
                Console.WriteLine($"  round {round + 1} {way.Name,-14} {result}  {GC.CollectionCount(0) - collections,4} collections  {Monitor.LockContentionCount - contended,6} locks contended");
            }
        }

        Console.WriteLine($"  load average after: {Machine.LoadAverage}");
    }

    private static void Report(Figures figures, Way[] ways)
    {
        foreach (var way in ways) Console.WriteLine($"  median  {way.Name,-14} {way.PerSecond,10:#,0}/s  p50 {way.P50:0.000} ms  p99 {way.P99:0.000} ms");

        var (pipeline, callers, grains) = (ways[0], ways[1], ways[^1]);
        figures.Add("engine.cross_silo_calls_per_s", grains.PerSecond, $"{ThisBuild.Engine}: {Load.Callers} callers, two processes, median of {Rounds.Count}");
        figures.Add("engine.cross_silo_p50_ms", grains.P50, "from the call to its response");
        figures.Add("engine.cross_silo_p99_ms", grains.P99, "from the call to its response");
        figures.Add("engine.cross_silo_ratio_to_tcp_echo", grains.PerSecond / callers.PerSecond, "bare TCP echo: the same frames, callers and freedom to batch, one connection");
        figures.Add("engine.cross_silo_ratio_to_tcp_pipeline", grains.PerSecond / pipeline.PerSecond, "one loop that keeps 100 frames in flight and wakes nobody");
        figures.Add("engine.tcp_echo_per_s", callers.PerSecond, "bare TCP echo with 100 callers who await their own frames");
        figures.Add("engine.tcp_pipeline_per_s", pipeline.PerSecond, "bare TCP echo by one loop");
        foreach (var way in ways[2..^1])
        {
            figures.Add("engine.frames_per_s", way.PerSecond, "frames by the engine's connections, without grains");
            figures.Add("engine.frames_ratio_to_tcp_echo", way.PerSecond / callers.PerSecond, "1 would be a connection for nothing");
        }
    }
}
