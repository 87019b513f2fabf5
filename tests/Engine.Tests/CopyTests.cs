using FteAgent.Engine.Tests.Grains;

namespace FteAgent.Engine.Tests;

[Collection(ClusterCollection.Name)]
public sealed class CopyTests(ClusterFixture fixture)
{
    [Fact]
    public async Task Neither_arguments_nor_results_are_shared()
    {
        var grain = fixture.Grain<IEchoGrain>();
        var sent = new Box { Numbers = { 1, 2 }, Inner = new() { Numbers = { 3 } }, Unsent = "changed" };
        sent.Notes.Add("note");
        var received = await grain.Box(sent);

        Assert.False(await grain.Holds(new(sent)));
        Assert.False(await grain.Holds(new(received)));
        Assert.NotSame(sent.Numbers, received.Numbers);
        Assert.NotSame(sent.Inner, received.Inner);
        Assert.Equal([1, 2], received.Numbers);
        Assert.Equal([3], received.Inner!.Numbers);
        Assert.Equal(["note"], received.Notes);
        Assert.Equal("initial", received.Unsent);
    }

    [Fact]
    public async Task A_value_is_copied_as_what_it_is_not_as_what_it_is_declared()
    {
        var grain = fixture.Grain<IEchoGrain>();
        var sent = new BigBox { Numbers = { 1 }, Rows = new(StringComparer.OrdinalIgnoreCase) { ["a"] = [1] } };
        var received = Assert.IsType<BigBox>(await grain.Box(sent));

        Assert.Equal([1], received.Numbers);
        Assert.Equal([1], received.Rows["A"]);
        Assert.NotSame(sent.Rows["a"], received.Rows["a"]);
    }

    [Fact]
    public async Task A_value_met_twice_is_copied_once()
    {
        var grain = fixture.Grain<IEchoGrain>();
        var box = new Box();
        var pair = await grain.Pair(new(box, box));
        var (one, two) = await grain.Two(box, box);

        Assert.Same(pair.First, pair.Second);
        Assert.NotSame(box, pair.First);
        Assert.Same(one, two);
    }

    [Fact]
    public async Task Structs_are_copied_with_what_they_refer_to()
    {
        var grain = fixture.Grain<IEchoGrain>();
        var sent = new Point(1, [2, 3]);
        var received = await grain.Point(sent);

        Assert.Equal(1, received.X);
        Assert.Equal(sent.Tags, received.Tags);
        Assert.NotSame(sent.Tags, received.Tags);
        Assert.False(await grain.Holds(new(sent.Tags)));
    }

    [Theory]
    [InlineData("text")]
    [InlineData(42)]
    [InlineData(null)]
    public async Task Plain_values_cross_as_objects(object? value) => Assert.Equal(value, await fixture.Grain<IEchoGrain>().Echo(value));

    [Fact]
    public async Task Collections_of_the_framework_cross()
    {
        var grain = fixture.Grain<IEchoGrain>();
        object[] values =
        [
            new[] { 1, 2 }, new List<Box> { new() }, new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "a" }, new Queue<int>([1, 2]),
            new Stack<int>([1, 2]), (1, "b"), new KeyValuePair<string, int[]>("k", [1]), new Dictionary<Guid, List<int>> { [Guid.Empty] = [1] },
        ];
        foreach (var value in values)
        {
            var received = await grain.Echo(value);
            Assert.IsType(value.GetType(), received);
            if (value is System.Collections.IEnumerable and not List<Box>) Assert.Equal(value, received);
        }
    }

    [Fact]
    public async Task A_reference_crosses_as_it_is()
    {
        var (grain, other) = (fixture.Grain<IEchoGrain>(), fixture.Grain<ICounterGrain>());

        Assert.Equal(other, await grain.Echo(other));
    }
}
