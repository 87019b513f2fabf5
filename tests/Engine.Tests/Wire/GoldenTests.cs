using System.Buffers;
using System.Collections.Immutable;
using FteAgent.Engine.Tests.Grains;

namespace FteAgent.Engine.Tests.Wire;

/// <summary>
/// The bytes themselves. Stored states and silos of other versions hold such bytes: a test that fails here is a format
/// that has changed, and not to be mended by writing down the new bytes.
/// </summary>
public sealed class GoldenTests
{
    [Fact]
    public void Numbers_and_text() => Same("01 00 00|01 00 02|01 00 03|01 00 D804|01 04 02 C3BC|01 07 00",
        WireCodec.Serialize(0), WireCodec.Serialize(1), WireCodec.Serialize(-2), WireCodec.Serialize(300), WireCodec.Serialize("ü"), WireCodec.Serialize<string?>(null));

    [Fact]
    public void Fixed_sizes() => Same("01 01 0000C03F|01 02 000000000000F83F|01 03 33221100554477668899AABBCCDDEEFF|01 02 00C061DF9149DE08",
        WireCodec.Serialize(1.5f), WireCodec.Serialize(1.5), WireCodec.Serialize(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff")),
        WireCodec.Serialize(new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero)));

    [Fact]
    public void Lists_and_maps() => Same("01 06 02 28 02 04|01 07 61 01 2F 04 01 61|01 07 61 01 47 02 04 01 61 02|01 06 00 28",
        WireCodec.Serialize(ImmutableArray.Create(1, 2)), WireCodec.Serialize(new List<string> { "a" }),
        WireCodec.Serialize(new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["a"] = 1 }), WireCodec.Serialize(Array.Empty<int>()));

    [Fact]
    public void Objects() => Same("01 05 0806 16 01 28 02 00|01 07 51 884002 904004 00",
        WireCodec.Serialize(new Point(3, [1])), WireCodec.Serialize(new Pair<int>(1, 2)));

    [Fact]
    public void A_value_with_its_type() => Same("01 07 02 40 06|01 07 53 01 0B746573742E706169726031 40 8840 02 00|01 07 62 0940 01 28 02",
        WireCodec.Serialize<object>(3), WireCodec.Serialize<object>(new Pair<int>(1, 0)), WireCodec.Serialize<object>(new[] { 1 }));

    [Fact]
    public void A_call_and_its_response()
    {
        var frame = new ArrayBufferWriter<byte>();
        Assert.True(WireCatalog.Default.TryCreate(WireMethod("Add"), out var request));
        request.SetArgument(0, 5);
        request.AddressRemote(GrainId.Create("counter", "k"), source: null, context: null, sink: null);
        FteAgent.Engine.Wire.WriteRequest(frame, request);
        var response = new ArrayBufferWriter<byte>();
        FteAgent.Engine.Wire.WriteResponse(response, 6);

        Same("01 0A 3C4A4D0FDA1F68A3 14 07 636F756E746572 1C 01 6B 00 08 0A 00|01 00 00 0C", frame.WrittenSpan.ToArray(), response.WrittenSpan.ToArray());
    }

    private static ulong WireMethod(string alias) => Engine.CodeGeneration.WireMethod.KeyOf("test.ICounterGrain", alias);

    private static void Same(string expected, params byte[][] written) =>
        Assert.Equal(expected.Replace(" ", ""), string.Join('|', written.Select(Convert.ToHexString)));
}
