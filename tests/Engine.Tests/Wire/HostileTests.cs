using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using FteAgent.Engine.CodeGeneration;
using FteAgent.Engine.Tests.Grains;
using FteAgent.Testing;
using Orleans.Serialization;
using Xunit.Abstractions;

namespace FteAgent.Engine.Tests.Wire;

/// <summary>Bytes that nobody honest has written. They may be refused, and nothing else may happen.</summary>
public sealed class HostileTests(ITestOutputHelper output)
{
    private const int Rounds = 20_000;

    /// <summary>What reading may allocate for each byte read, and on top: an error with its stack.</summary>
    private const int AllocatedPerByte = 512;
    private const int AllocatedAnyway = 128 * 1024;

    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(2);

    [Fact]
    public void Values_that_were_tampered_with_are_read_or_refused()
    {
        var random = Seeded();
        var honest = Honest();
        for (var i = 0; i < Rounds; i++)
        {
            var bytes = Tamper(random, honest[random.Next(honest.Length)]);
            Attempt(bytes, static bytes => WireCodec.Deserialize<object>(bytes));
            Attempt(bytes, static bytes => WireCodec.Deserialize<Box>(bytes));
        }
    }

    [Fact]
    public void Noise_is_read_or_refused()
    {
        var random = Seeded();
        for (var i = 0; i < Rounds; i++)
        {
            var bytes = new byte[random.Next(1, 200)];
            random.NextBytes(bytes);
            bytes[0] = 1;
            Attempt(bytes, static bytes => WireCodec.Deserialize<object>(bytes));
            Attempt(bytes, static bytes => WireCodec.Deserialize<Dictionary<string, List<Box>>>(bytes));
            Attempt(bytes, static bytes => WireCodec.Deserialize<Pair<ImmutableArray<Point>>>(bytes));
        }
    }

    [Fact]
    public void Calls_that_were_tampered_with_are_read_or_refused()
    {
        var random = Seeded();
        var honest = HonestCalls();
        for (var i = 0; i < Rounds; i++)
        {
            var bytes = Tamper(random, honest[random.Next(honest.Length)]);
            Attempt(bytes, static bytes => FteAgent.Engine.Wire.ReadRequest(bytes, references: null!, sink: null));
        }
    }

    [Fact]
    public async Task Responses_that_were_tampered_with_end_the_wait()
    {
        var random = Seeded();
        var frame = new ArrayBufferWriter<byte>();
        FteAgent.Engine.Wire.WriteResponse<object?>(frame, new Box { Numbers = { 1 } });
        for (var i = 0; i < Rounds / 10; i++)
        {
            Assert.True(WireCatalog.Default.TryCreate(WireMethod.KeyOf("test.IEchoGrain", "Echo"), out var request));
            var waiting = (GrainRequest<object>)request;
            waiting.AwaitResponse();
            FteAgent.Engine.Wire.ReadResponse(Tamper(random, frame.WrittenSpan.ToArray()), waiting, references: null!);

            Assert.True(waiting.IsCompleted);
            await ((Task)waiting.Response).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    [Theory]
    [InlineData("01 06 FFFFFFFF07 28", "a list of two thousand million items")]
    [InlineData("01 07 62 12 FFFFFFFF07 2F", "a list of as many objects")]
    [InlineData("01 04 FFFFFFFF07 61", "a text of as many bytes")]
    [InlineData("01 07 51", "an object without an end")]
    [InlineData("01 07 04 05", "a reference to a value that has not come")]
    [InlineData("01 07 FF", "an extension without meaning")]
    [InlineData("01 00 FFFFFFFFFFFFFFFFFFFF01", "a number of more than 64 bits")]
    [InlineData("02 00 00", "a version from the future")]
    [InlineData("01 07 52 00 03 616263 00", "an alias that nobody has")]
    [InlineData("01 07 52 8010 00", "a reference to an alias that has not come")]
    [InlineData("01 07 52 40 05 00", "a number that says it is an object")]
    [InlineData("01 07 52 9007 00", "the engine's number of a list without what it lists")]
    [InlineData("", "nothing")]
    public void A_lie_is_refused(string hex, string lie)
    {
        output.WriteLine(lie);
        var bytes = Convert.FromHexString(hex.Replace(" ", ""));

        Assert.Throws<SerializerException>(() => WireCodec.Deserialize<object>(bytes));
        Assert.Throws<SerializerException>(() => WireCodec.Deserialize<List<string>>(bytes));
    }

    [Fact]
    public void Nesting_without_end_is_refused_wherever_it_is()
    {
        // A list of one list of one list: in a value, in a field that is not known, and in the arguments of a type.
        var lists = Bytes([1, 6], [1, 0x2F, 6], 100_000);
        Assert.Throws<SerializerException>(() => WireCodec.Deserialize<object[]>(lists));
        var unknown = Bytes([1, 5, 0x8E, 0x10, 1, 0x2F, 6], [1, 0x2F, 6], 100_000);
        Assert.Throws<SerializerException>(() => WireCodec.Deserialize<Stone>(unknown));
        var types = Bytes([1, 7, 0x62], [0xE1, 0x02], 100_000);
        Assert.Throws<SerializerException>(() => WireCodec.Deserialize<object>(types));
    }

    [Fact]
    public void References_to_values_stepped_over_cost_no_more_than_their_bytes()
    {
        // Values within values in a field that is not known, each referred to from the innermost to the outermost.
        const int Depth = 90;
        var filler = new string('x', 100_000);
        var chain = new List<object> { filler };
        var all = new List<object> { chain };
        for (var i = 0; i < Depth; i++) all.Add(chain = [chain]);
        var bytes = WireCodec.Serialize(new Carrier { Unknown = chain, Known = all });
        // The tag of the field 0 becomes that of a field 5, which nobody knows.
        bytes[Array.IndexOf(bytes, (byte)0x0F)] = 0x37;
        var watch = Stopwatch.StartNew();

        Attempt([.. bytes], static bytes => WireCodec.Deserialize<Carrier>(bytes));
        Assert.True(watch.Elapsed < LongestRead);
    }

    private static byte[] Bytes(byte[] start, byte[] again, int times) => [.. start, .. Enumerable.Repeat(again, times).SelectMany(bytes => bytes)];

    private static void Attempt(byte[] bytes, Action<byte[]> read)
    {
        var limit = AllocatedAnyway + (long)AllocatedPerByte * bytes.Length;
        // What the first reading of a type costs is paid once and for all; the bytes themselves must not cost much, time after time.
        if (AllocatedBy(bytes, read) is var first && first > limit)
            Assert.True(AllocatedBy(bytes, read) <= limit, $"{first} bytes were allocated for {Convert.ToHexString(bytes)}");
    }

    private static long AllocatedBy(byte[] bytes, Action<byte[]> read)
    {
        var (before, watch) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());
        try
        {
            read(bytes);
        }
        catch (SerializerException)
        {
        }
        catch (Exception exception)
        {
            Assert.Fail($"{exception} from {Convert.ToHexString(bytes)}");
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(watch.Elapsed < LongestRead, $"{watch.Elapsed} went by for {Convert.ToHexString(bytes)}");
        return allocated;
    }

    private static byte[] Tamper(Random random, byte[] honest)
    {
        var bytes = honest.ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(1, bytes.Count);
            switch (random.Next(6))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes.Insert(at, (byte)random.Next(256)); break;
                case 3 when bytes.Count > 3: bytes.RemoveAt(at); break;
                case 4 when bytes.Count > 3: bytes.RemoveRange(at, bytes.Count - at); break;
                case 5: bytes.InsertRange(at, bytes.GetRange(at, random.Next(bytes.Count - at))); break;
            }

            if (bytes.Count < 2) break;
        }

        return [.. bytes];
    }

    private static byte[][] Honest()
    {
        var box = new BigBox { Numbers = { 1, 2, 3 }, Inner = new() { Numbers = { 4 } }, Rows = new(StringComparer.OrdinalIgnoreCase) { ["a"] = [1], ["b"] = [2] } };
        box.Notes.Add("a note of some length, so that there is text to cut");
        object[] values =
        [
            box, new Pair<Box>(box, box), new List<object> { box, 1, "two", new Stack<int>([1, 2]), new Queue<string>(["a"]), Guid.NewGuid(), 1.5m },
            new Dictionary<Guid, List<Point>> { [Guid.Empty] = [new(1, [2])] }, ImmutableDictionary<string, object>.Empty.Add("a", new Stone([1])),
            ImmutableSortedDictionary<int, ImmutableHashSet<string>>.Empty.Add(1, ["x"]), (1, "b", DateTimeOffset.UnixEpoch, TimeSpan.MaxValue, IPAddress.IPv6Loopback),
            new AggregateException("several", new KnownFailure("known"), new ArgumentNullException("p")), new Uri("https://example.com"), new Version(1, 2, 3),
            new List<(int, int?)> { (1, 2), (3, null) }, new object[] { new object[] { new object[] { 1 } } }, SiloStatus.Active, DateTime.UnixEpoch,
        ];
        return [.. values.Select(WireCodec.Serialize)];
    }

    private static byte[][] HonestCalls()
    {
        var calls = new List<byte[]>();
        foreach (var (alias, method, arguments) in new (string, string, object[])[]
        {
            ("test.IEchoGrain", "Two", [new Box { Numbers = { 1 } }, new BigBox { Rows = [] }]), ("test.ICounterGrain", "Add", [5]),
            ("test.ILifeGrain", "StartTimer", ["part", TimeSpan.FromSeconds(1), true, false]), ("test.IStageGrain", "PlayUntilCancelled", ["part"]),
        })
        {
            Assert.True(WireCatalog.Default.TryCreate(WireMethod.KeyOf(alias, method), out var request));
            for (var i = 0; i < arguments.Length; i++) request.SetArgument(i, arguments[i]);
            request.AddressRemote(GrainId.Create("g", "k"), GrainId.Create("s", "k"), ImmutableDictionary<string, object>.Empty.Add("a", 1), sink: null);
            var frame = new ArrayBufferWriter<byte>();
            FteAgent.Engine.Wire.WriteRequest(frame, request);
            calls.Add(frame.WrittenSpan.ToArray());
        }

        return [.. calls];
    }

    private Random Seeded() => new(TestSeed.Take(output.WriteLine));
}

[GenerateSerializer, Alias("test.carrier")]
public sealed record Carrier
{
    [Id(0)]
    public object? Unknown { get; init; }

    [Id(1)]
    public object? Known { get; init; }
}
