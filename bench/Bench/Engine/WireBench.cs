#if !ORLEANS
using System.Buffers;
using System.Diagnostics;
using FteAgent.Answering;
using FteAgent.Conversations;
using FteAgent.Engine;
using FteAgent.Engine.CodeGeneration;

namespace FteAgent.Bench.Engine;

/// <summary>
/// What a call costs as bytes, without the network: a small request and its response, each written and read once, and a
/// draft with citations, which is the largest thing that grains say to each other often. On one thread.
/// </summary>
internal static class WireBench
{
    private const int Rounds = 7;
    private static readonly TimeSpan RoundLength = TimeSpan.FromMilliseconds(500);

    public static Task Run()
    {
        var figures = Figures.Begin("wire");
        Measure(figures, "wire.small", "Add(int), Task<int>", "bench.IAdderGrain", "Add", 7, 7);
        Measure(figures, "wire.draft", "Complete(exchange, epoch, draft with 3 citations)", "fte.IConversationGrain", "Complete", new Nothing(), new ExchangeId(Guid.NewGuid()), 3L, Draft());
        figures.Write();
        return Task.CompletedTask;
    }

    private static void Measure<T>(Figures figures, string figure, string what, string interfaceAlias, string method, T result, params object[] arguments)
    {
        var key = WireMethod.KeyOf(interfaceAlias, method);
        if (!WireCatalog.Default.TryCreate(key, out var made)) throw new InvalidOperationException($"There is no method {interfaceAlias}.{method}.");

        var request = (GrainRequest<T>)made;
        for (var i = 0; i < arguments.Length; i++) request.SetArgument(i, arguments[i]);
        request.AddressRemote(GrainId.Create("conversation", Guid.NewGuid().ToString("N")), GrainId.Create("caller", "1"), context: null, sink: null);
        var (call, response) = (new ArrayBufferWriter<byte>(1024), new ArrayBufferWriter<byte>(1024));
        var times = new List<double>();
        var allocated = new List<double>();
        for (var round = -1; round < Rounds; round++)
        {
            var (watch, before, trips) = (Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread(), 0);
            for (; watch.Elapsed < RoundLength; trips += 100)
                for (var i = 0; i < 100; i++)
                    Trip(request, result, call, response);

            // The first round compiles.
            if (round < 0) continue;
            times.Add(watch.Elapsed.TotalNanoseconds / trips);
            allocated.Add((GC.GetAllocatedBytesForCurrentThread() - before) / (double)trips);
        }

        figures.Add($"{figure}_ns", times.Order().ElementAt(Rounds / 2), $"{what}: request and response, written and read; median of {Rounds}");
        figures.Add($"{figure}_allocated_bytes", allocated.Order().ElementAt(Rounds / 2), "with the request and its arguments, which the grain gets");
        figures.Add($"{figure}_bytes", call.WrittenCount + response.WrittenCount, $"{call.WrittenCount} there, {response.WrittenCount} back");
    }

    private static void Trip<T>(GrainRequest<T> request, T result, ArrayBufferWriter<byte> call, ArrayBufferWriter<byte> response)
    {
        call.ResetWrittenCount();
        response.ResetWrittenCount();
        Wire.WriteRequest(call, request);
        _ = Wire.ReadRequest(call.WrittenSpan, references: null!, sink: null);
        Wire.WriteResponse(response, result);
        request.AwaitResponse();
        Wire.ReadResponse(response.WrittenSpan, request, references: null!);
    }

    private static Draft Draft()
    {
        var citation = new Citation(
            "handbook/returns.md#3", "handbook/returns.md", "Returns and refunds", "Returns › Within thirty days",
            "An item that has not been used can be returned within thirty days of its delivery.", DateTimeOffset.UnixEpoch);
        return new(string.Concat(Enumerable.Repeat("A sentence such as an answer is made of. ", 12)), [citation, citation, citation], 0.9, Model: "extractive-1");
    }
}
#endif
