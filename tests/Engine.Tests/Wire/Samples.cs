using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace FteAgent.Engine.Tests.Wire;

/// <summary>Makes values of any type that a contract is made of.</summary>
internal sealed class Samples(Random random)
{
    private const int MostItems = 3;
    private const int Deepest = 6;

    public object? Of(Type type) => Of(type, depth: 0);

    private object? Of(Type type, int depth)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying) return random.Next(3) == 0 ? null : Of(underlying, depth);
        if (type.IsEnum) return Enum.GetValues(type).GetValue(random.Next(Enum.GetValues(type).Length));
        if (type == typeof(string)) return random.Next(5) == 0 ? "" : new string((char)random.Next(32, 0x2000), random.Next(1, 60));
        if (type == typeof(bool)) return random.Next(2) == 0;
        if (type == typeof(int)) return random.Next(int.MinValue, int.MaxValue) >> random.Next(32);
        if (type == typeof(long)) return random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
        if (type == typeof(double)) return random.NextDouble() * random.Next(-10, 10);
        if (type == typeof(float)) return random.NextSingle();
        if (type == typeof(Guid)) return Guid.NewGuid();
        if (type == typeof(TimeSpan)) return new TimeSpan(random.NextInt64(TimeSpan.TicksPerDay));
        if (type == typeof(DateTimeOffset)) return new DateTimeOffset(random.NextInt64(DateTime.MaxValue.Ticks), TimeSpan.Zero);
        if (type == typeof(Uri)) return new Uri($"https://example.com/{random.Next()}");
        if (type.IsGenericType) return Collection(type, depth);

        return Contract(type, depth);
    }

    private object Collection(Type type, int depth)
    {
        var arguments = type.GetGenericArguments();
        var count = depth > Deepest ? 0 : random.Next(MostItems + 1);
        return type.GetGenericTypeDefinition() switch
        {
            var kind when kind == typeof(ImmutableArray<>) => Call(nameof(ArrayOf), arguments, count, depth),
            var kind when kind == typeof(ImmutableDictionary<,>) => Call(nameof(DictionaryOf), arguments, count, depth),
            _ => throw new NotSupportedException($"No sample can be made of {type}: teach {nameof(Samples)} how."),
        };
    }

    private object Call(string method, Type[] arguments, params object[] parameters) =>
        GetType().GetMethod(method, BindingFlags.Instance | BindingFlags.NonPublic)!.MakeGenericMethod(arguments).Invoke(this, parameters)!;

    private ImmutableArray<T> ArrayOf<T>(int count, int depth) => [.. Enumerable.Range(0, count).Select(_ => (T)Of(typeof(T), depth + 1)!)];

    private ImmutableDictionary<TKey, TValue> DictionaryOf<TKey, TValue>(int count, int depth) where TKey : notnull =>
        Enumerable.Range(0, count).Select(_ => (TKey)Of(typeof(TKey), depth + 1)!).Distinct().ToImmutableDictionary(key => key, _ => (TValue)Of(typeof(TValue), depth + 1)!);

    /// <summary>Past its constructor, which may check what is given: only what is kept matters here.</summary>
    private object? Contract(Type type, int depth)
    {
        if (typeof(Exception).IsAssignableFrom(type)) return Activator.CreateInstance(type, $"message {random.Next()}");
        if (depth > Deepest && !type.IsValueType) return null;

        var value = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Where(property => property.IsDefined(typeof(IdAttribute))))
        {
            var field = property.DeclaringType!.GetField($"<{property.Name}>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic)!;
            field.SetValue(value, random.Next(8) == 0 && !property.PropertyType.IsValueType ? null : Of(property.PropertyType, depth + 1));
        }

        return value;
    }
}
