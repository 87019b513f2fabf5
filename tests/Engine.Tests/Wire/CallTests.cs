using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using FteAgent.Engine.CodeGeneration;
using FteAgent.Engine.Tests.Grains;
using FteAgent.Engine.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace FteAgent.Engine.Tests.Wire;

/// <summary>Calls that are written in one silo and run in another, without a network between them.</summary>
public sealed class CallTests : IAsyncLifetime
{
    private TestSilo _silo = null!;

    private Silo Silo => _silo.Cluster.GetSiloServiceProvider().GetRequiredService<Silo>();

    public async Task InitializeAsync() => _silo = await TestSilo.Start(silo => silo.AddIncomingGrainCallFilter<FilterOfSources>());

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task A_call_crosses_with_its_arguments_and_comes_back_with_its_result()
    {
        var box = new Box { Numbers = { 1, 2 } };
        var (one, two) = await Cross<(Box, Box)>("test.IEchoGrain", "Two", box, box);

        Assert.Equal([1, 2], one.Numbers);
        Assert.Same(one, two);
    }

    [Fact]
    public async Task A_call_without_arguments_or_result_crosses() => await Cross<Nothing>("test.ICounterGrain", "End");

    [Fact]
    public async Task A_reference_crosses_and_can_be_called()
    {
        var counter = _silo.Grain<ICounterGrain>();
        var arrived = await Cross<object?>("test.IEchoGrain", "Echo", counter);

        Assert.Equal(1, await Assert.IsAssignableFrom<ICounterGrain>(arrived).Add(1));
        Assert.Equal(counter, arrived);
    }

    [Fact]
    public async Task The_request_context_and_the_caller_cross()
    {
        var values = ImmutableDictionary<string, object>.Empty.Add("who", "me").Add("n", 7L);
        var said = await Cross<string>(Create("test.ITalkGrain", "Context", "who", null), values, GrainId.Create("caller", "c"));

        Assert.Equal("me", said);
        Assert.Equal(GrainId.Create("caller", "c"), FilterOfSources.Last);
    }

    [Fact]
    public async Task A_failure_keeps_its_type_message_stack_and_cause()
    {
        var failure = await Assert.ThrowsAsync<KnownFailure>(() => Cross<Nothing>("test.IEchoGrain", "Fail", true));

        Assert.Equal("known", failure.Message);
        Assert.Contains(nameof(EchoGrain), failure.StackTrace);
    }

    [Fact]
    public async Task A_failure_without_a_codec_is_told_of() =>
        Assert.Contains("unknown", (await Assert.ThrowsAsync<CodecNotFoundException>(() => Cross<Nothing>("test.IEchoGrain", "Fail", false))).Message);

    [Fact]
    public async Task A_result_that_cannot_be_written_is_a_failure() =>
        await Assert.ThrowsAsync<CodecNotFoundException>(() => Cross<object?>("test.IEchoGrain", "Echo", new Dictionary<string, int>(new Length())));

    [Fact]
    public void An_argument_that_cannot_be_written_fails_and_leaves_no_byte()
    {
        var request = Address(Create("test.IEchoGrain", "Echo", new Unknown()));
        var frame = new ArrayBufferWriter<byte>();

        Assert.Throws<CodecNotFoundException>(() => FteAgent.Engine.Wire.WriteRequest(frame, request));
        Assert.Equal(0, frame.WrittenCount);
    }

    [Fact]
    public async Task A_method_that_the_other_silo_lacks_is_named_to_the_caller()
    {
        var request = Create("test.ICounterGrain", "Get");
        var frame = new ArrayBufferWriter<byte>();
        FteAgent.Engine.Wire.WriteRequest(frame, Address(request));
        var failure = Assert.Throws<UnknownMethodException>(() =>
            FteAgent.Engine.Wire.ReadRequest(frame.WrittenSpan, Silo.References, sink: null, new WireCatalog()));

        var heard = await Assert.ThrowsAsync<SerializerException>(() => Hear<int>(request, failure));
        Assert.Contains("test.ICounterGrain.Get", heard.Message);
    }

    [Fact]
    public async Task A_call_is_passed_on_without_being_understood()
    {
        var counter = Create("test.ICounterGrain", "Add", 5);
        var onward = Received(counter, out var sink);
        FteAgent.Engine.Wire.ReadResponse(Written(12), onward, Silo.References);

        ((GrainRequest<int>)counter).AwaitResponse();
        FteAgent.Engine.Wire.ReadResponse(await sink.Response.Task, counter, Silo.References);
        Assert.Equal(12, await ((GrainRequest<int>)counter).Response);
    }

    [Fact]
    public async Task A_response_is_sent_once()
    {
        var request = Received(Create("test.ICounterGrain", "Get"), out var sink);
        Assert.True(request.Fail(new TimeoutException("late")));
        Assert.False(request.Fail(new TimeoutException("later")));
        Assert.True(request.IsCompleted);

        Assert.Equal("late", (await Assert.ThrowsAsync<TimeoutException>(() => Heard<int>(sink))).Message);
    }

    private async Task<T> Cross<T>(string alias, string method, params object?[] arguments) =>
        await Cross<T>(Create(alias, method, arguments), null, null);

    private async Task<T> Cross<T>(GrainRequest request, ImmutableDictionary<string, object>? values, GrainId? source)
    {
        var received = Received(request, out var sink, values, source);
        Silo.Catalog.Deliver(received);
        return await Heard<T>(sink);
    }

    private async Task<T> Heard<T>(Sink sink)
    {
        var bytes = await sink.Response.Task;
        var waiting = (GrainRequest<T>)sink.Request;
        waiting.AwaitResponse();
        FteAgent.Engine.Wire.ReadResponse(bytes, waiting, Silo.References);
        return await waiting.Response;
    }

    private async Task<T> Hear<T>(GrainRequest request, Exception failure)
    {
        var frame = new ArrayBufferWriter<byte>();
        FteAgent.Engine.Wire.WriteFailure(frame, failure);
        ((GrainRequest<T>)request).AwaitResponse();
        FteAgent.Engine.Wire.ReadResponse(frame.WrittenSpan, request, Silo.References);
        return await ((GrainRequest<T>)request).Response;
    }

    private GrainRequest Received(GrainRequest request, out Sink sink, ImmutableDictionary<string, object>? values = null, GrainId? source = null)
    {
        var frame = new ArrayBufferWriter<byte>();
        Address(request, values, source);
        FteAgent.Engine.Wire.WriteRequest(frame, request);
        sink = new Sink(request);
        var received = FteAgent.Engine.Wire.ReadRequest(frame.WrittenSpan, Silo.References, sink);

        // How long its caller waits comes with the frame, apart from the call.
        (received.InFlight.Sent, received.InFlight.Timeout) = (Silo.Time.Messaging.GetTimestamp(), Eventually.Limit);
        return received;
    }

    private static byte[] Written<T>(T result)
    {
        var frame = new ArrayBufferWriter<byte>();
        FteAgent.Engine.Wire.WriteResponse(frame, result);
        return frame.WrittenSpan.ToArray();
    }

    private static GrainRequest Create(string alias, string method, params object?[] arguments)
    {
        Assert.True(WireCatalog.Default.TryCreate(WireMethod.KeyOf(alias, method), out var request));
        for (var i = 0; i < arguments.Length; i++) request.SetArgument(i, arguments[i]!);
        return request;
    }

    private static GrainRequest Address(GrainRequest request, ImmutableDictionary<string, object>? values = null, GrainId? source = null)
    {
        var type = request.Method.InterfaceType.Name[1..^"Grain".Length].ToLowerInvariant();
        request.AddressRemote(GrainId.Create(type, Guid.NewGuid().ToString("N")), source, values, sink: null);
        return request;
    }

    private sealed class Sink(GrainRequest request) : IResponseSink
    {
        public GrainRequest Request => request;

        public TaskCompletionSource<byte[]> Response { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Respond(GrainRequest received, ReadOnlySpan<byte> response) => Response.SetResult(response.ToArray());
    }

    private sealed class FilterOfSources : IIncomingGrainCallFilter
    {
        public static GrainId? Last { get; private set; }

        public Task Invoke(IIncomingGrainCallContext context)
        {
            Last = context.SourceId;
            return context.Invoke();
        }
    }

    private sealed class Length : IEqualityComparer<string>
    {
        public bool Equals(string? x, string? y) => x?.Length == y?.Length;

        public int GetHashCode([DisallowNull] string obj) => obj.Length;
    }
}
