using System.Collections.Immutable;
using Orleans.Concurrency;

namespace FteAgent.Engine.Tests.Grains;

[GenerateSerializer, Alias("test.box")]
public class Box
{
    [Id(0)]
    private readonly List<string> _notes = [];

    [Id(1)]
    public List<int> Numbers { get; set; } = [];

    [Id(2)]
    public Box? Inner { get; init; }

    [NonSerialized]
    public string Unsent = "initial";

    public List<string> Notes => _notes;
}

[GenerateSerializer, Alias("test.big-box")]
public sealed class BigBox : Box
{
    [Id(0)]
    public required Dictionary<string, int[]> Rows { get; set; }
}

[GenerateSerializer, Alias("test.pair`1")]
public sealed record Pair<T>(T First, T Second);

[GenerateSerializer, Alias("test.point")]
public record struct Point([property: Id(0)] int X, [property: Id(1)] int[] Tags);

[GenerateSerializer, Immutable, Alias("test.stone")]
public sealed record Stone([property: Id(0)] ImmutableArray<int> Numbers);

public sealed class Unknown
{
    public int Number { get; set; }
}

[GenerateSerializer, Alias("test.known-failure")]
public sealed class KnownFailure(string message) : Exception(message);

public sealed class UnknownFailure(string message) : Exception(message);

[Alias("test.IEchoGrain")]
public interface IEchoGrain : IGrainWithStringKey
{
    /// <summary>Keeps the value itself, changes it where it can, and gives it back.</summary>
    [Alias("Echo")]
    Task<object?> Echo(object? value);

    [Alias("Box")]
    Task<Box> Box(Box box);

    [Alias("Pair")]
    Task<Pair<Box>> Pair(Pair<Box> pair);

    [Alias("Point")]
    Task<Point> Point(Point point);

    [Alias("Stone")]
    Task<Stone> Stone(Stone stone);

    [Alias("Promised")]
    Task<Box> Promised([Immutable] Box box);

    [return: Immutable]
    [Alias("PromisedByType")]
    Task<Immutable<Box>> PromisedByType(Immutable<Box> box);

    [Alias("Two")]
    Task<(Box, Box)> Two(Box one, Box two);

    [Alias("Fail")]
    Task Fail(bool known);

    /// <summary>What the grain itself holds, past all copying.</summary>
    [Alias("Holds")]
    ValueTask<bool> Holds(Immutable<object> value);
}

public sealed class EchoGrain : Grain, IEchoGrain
{
    private object? _held;

    public Task<object?> Echo(object? value) => Task.FromResult(_held = value);

    public Task<Box> Box(Box box) => Hold(box);

    public Task<Pair<Box>> Pair(Pair<Box> pair) => Hold(pair);

    public Task<Point> Point(Point point)
    {
        _held = point.Tags;
        return Task.FromResult(point);
    }

    public Task<Stone> Stone(Stone stone) => Hold(stone);

    public Task<Box> Promised(Box box) => Hold(box);

    public Task<Immutable<Box>> PromisedByType(Immutable<Box> box)
    {
        _held = box.Value;
        return Task.FromResult(box);
    }

    public Task<(Box, Box)> Two(Box one, Box two) => Task.FromResult((one, two));

    public Task Fail(bool known) => throw (known ? new KnownFailure("known") : new UnknownFailure("unknown"));

    public ValueTask<bool> Holds(Immutable<object> value) => new(ReferenceEquals(_held, value.Value));

    private Task<T> Hold<T>(T value) where T : class
    {
        _held = value;
        return Task.FromResult(value);
    }
}
