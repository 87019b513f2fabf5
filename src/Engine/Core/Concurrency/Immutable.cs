namespace Orleans.Concurrency;

/// <summary>A value whose owner promises that nobody changes it, so that it need not be copied.</summary>
[GenerateSerializer, Immutable, Alias("orleans.immutable")]
public readonly struct Immutable<T>(T value)
{
    /// <summary>The value.</summary>
    [Id(0)]
    public readonly T Value = value;
}

/// <summary>Makes values immutable by promise.</summary>
public static class ImmutableExtensions
{
    /// <summary>Promises that nobody changes the value.</summary>
    public static Immutable<T> AsImmutable<T>(this T value) => new(value);
}
