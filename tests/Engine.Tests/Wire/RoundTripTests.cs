using System.Collections.Immutable;
using System.Net;
using System.Numerics;
using System.Text;
using FteAgent.Engine.CodeGeneration;
using FteAgent.Engine.Tests.Grains;
using Orleans.Concurrency;
using Orleans.Serialization;

namespace FteAgent.Engine.Tests.Wire;

public sealed class RoundTripTests
{
    public static TheoryData<object> Values() => new(
        true, false, (byte)200, (sbyte)-100, (short)-30_000, (ushort)60_000, int.MinValue, int.MaxValue, -1, uint.MaxValue, long.MinValue,
        ulong.MaxValue, (nint)(-5), (nuint)5, 'ß', 1.5f, float.NaN, -0.0, double.MaxValue, (Half)2.5, Int128.MinValue, UInt128.MaxValue, 0.00m, decimal.MinValue,
        "", "text", new string('ü', 100), "a\0b", Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"),
        new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), new DateTime(2026, 1, 2), DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue,
        new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromMinutes(-90)), new DateOnly(2026, 1, 2), new TimeOnly(1, 2, 3), TimeSpan.MinValue,
        BigInteger.Pow(-7, 99), new Complex(1, -2), new Rune('x'), new Index(3, true), 1..^2, new Uri("https://example.com/a?b#c"),
        new Uri("relative/path", UriKind.Relative), new Version(1, 2), new Version(1, 2, 3, 4), IPAddress.Loopback, IPAddress.Parse("fe80::1%3"),
        new IPEndPoint(IPAddress.IPv6Loopback, 65_535), new byte[] { 1, 2, 3 }, new[] { 1, 2, 3 }, Array.Empty<string>(), new[] { "a", null, "c" },
        new[] { new[] { 1 }, [] }, new List<int> { 1, 2 }, new List<object> { 1, "two", 3.0 }, new Dictionary<string, int> { ["a"] = 1 }, new HashSet<Guid> { Guid.Empty },
        new Queue<int>([1, 2]), new Stack<int>([1, 2]), (1, "b"), ValueTuple.Create(1), (1, 2, 3), (1, 2, 3, 4), (1, 2, 3, 4, "e"),
        new KeyValuePair<string, int>("k", 1), ImmutableArray.Create(1, 2), ImmutableArray<string>.Empty, ImmutableList.Create("a"),
        ImmutableHashSet.Create(1), ImmutableSortedSet.Create(3, 1, 2), ImmutableDictionary<string, int>.Empty.Add("a", 1),
        ImmutableSortedDictionary<string, int>.Empty.Add("b", 2).Add("a", 1), new List<int?> { 1, null }, new List<IReadOnlyList<string>> { new[] { "a" } },
        GrainId.Create("type", "key"), SiloAddress.New(IPAddress.Loopback, 1, 2), GrainType.Create("t"), GrainInterfaceType.Create("i"), IdSpan.Create("s"),
        new ActivationId(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff")), SiloStatus.Dead);

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_arrives_as_what_it_is(object value)
    {
        var arrived = Trip(value);

        if (value is not IPAddress) Assert.IsType(value.GetType(), arrived);
        Assert.Equal(value.ToString(), arrived.ToString());
        Assert.Equal(value, arrived);
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void What_can_be_written_can_also_be_copied(object value) => Assert.Equal(value, Copiers.Copy(value));

    [Fact]
    public void Null_and_defaults_arrive()
    {
        Assert.Null(Trip<object?>(null));
        Assert.Null(Trip<int?>(null));
        Assert.Equal(0, Trip<int?>(0));
        Assert.True(Trip(default(ImmutableArray<int>)).IsDefault);
        Assert.Equal([], Trip(ImmutableArray<int>.Empty));
        Assert.Equal(new DateTime(0, DateTimeKind.Utc).Kind, Trip(new Pair<DateTime>(new(0, DateTimeKind.Utc), default)).First.Kind);
        Assert.True(double.IsNegative(Trip(new Pair<double>(-0.0, 0)).First));
    }

    [Fact]
    public void Objects_arrive_with_private_and_inherited_members_and_without_what_stays()
    {
        var box = new BigBox { Numbers = { 1 }, Inner = new() { Numbers = null! }, Rows = new(StringComparer.OrdinalIgnoreCase) { ["a"] = [1] }, Unsent = "x" };
        box.Notes.Add("n");
        var arrived = Assert.IsType<BigBox>(Trip<Box>(box));

        Assert.Equal(["n"], arrived.Notes);
        Assert.Equal([1], arrived.Numbers);
        Assert.Equal([1], arrived.Rows["A"]);
        Assert.IsType<Box>(arrived.Inner);
        Assert.Null(arrived.Inner.Numbers);
        Assert.Equal("initial", arrived.Inner.Unsent);
    }

    [Fact]
    public void Records_structs_and_generics_arrive()
    {
        Assert.Equal(new Pair<string>("a", "b"), Trip(new Pair<string>("a", "b")));
        Assert.Equal(new Pair<Pair<int>>(new(1, 2), new(3, 4)), Trip<object>(new Pair<Pair<int>>(new(1, 2), new(3, 4))));
        var point = Trip(new Point(3, [4]));
        Assert.Equal((3, 4), (point.X, point.Tags[0]));
        Assert.Equal([1, 2], Trip(new Stone([1, 2])).Numbers.AsEnumerable());
        Assert.Equal("promised", Trip(new Immutable<string>("promised")).Value);
    }

    [Fact]
    public void A_value_met_twice_arrives_once_and_a_cycle_arrives()
    {
        var box = new Box();
        var pair = Trip(new Pair<Box>(box, box));
        Assert.Same(pair.First, pair.Second);

        var list = new List<object>();
        list.Add(list);
        list.Add(new object[] { list });
        var arrived = Trip(list);
        Assert.Same(arrived, arrived[0]);
        Assert.Same(arrived, ((object[])arrived[1])[0]);
    }

    [Fact]
    public void Many_values_met_twice_arrive_once()
    {
        var boxes = Enumerable.Range(0, 200).Select(n => new Box { Numbers = { n } }).ToList();
        var arrived = Trip(new Pair<List<Box>>(boxes, [.. boxes]));

        for (var i = 0; i < boxes.Count; i++)
        {
            Assert.Same(arrived.First[i], arrived.Second[i]);
            Assert.Equal([i], arrived.First[i].Numbers);
        }
    }

    [Fact]
    public void A_set_keeps_its_comparer_or_does_not_leave()
    {
        Assert.Contains("A", Trip(new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "a" }));
        Assert.Contains("A", Trip(ImmutableSortedSet.Create(StringComparer.OrdinalIgnoreCase, "a")));
        Assert.Throws<CodecNotFoundException>(() => Trip(new HashSet<string>(new Strange())));
    }

    [Fact]
    public void What_has_no_codec_or_no_name_does_not_leave()
    {
        Assert.Throws<CodecNotFoundException>(() => Trip<object>(new Unknown()));
        Assert.Throws<CodecNotFoundException>(() => Trip<object>(DayOfWeek.Monday));
        Assert.Equal(DayOfWeek.Monday, Trip(DayOfWeek.Monday));
    }

    [Fact]
    public void Endless_depth_is_an_error_and_no_crash()
    {
        var chain = new Box();
        for (var i = 0; i < 10_000; i++) chain = new() { Inner = chain };

        Assert.Throws<SerializerException>(() => Trip(chain));
        chain = new();
        for (var i = 0; i < 150; i++) chain = new() { Inner = chain };
        Assert.NotNull(Trip(chain).Inner);
    }

    private static T Trip<T>(T value) => WireCodec.Deserialize<T>(WireCodec.Serialize(value));

    private sealed class Strange : IEqualityComparer<string>
    {
        public bool Equals(string? x, string? y) => x == y;

        public int GetHashCode(string obj) => 0;
    }
}
