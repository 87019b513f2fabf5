using System.Buffers;
using System.Collections;
using System.Reflection;
using FteAgent.Conversations;
using FteAgent.Engine.CodeGeneration;
using FteAgent.Testing;
using Xunit.Abstractions;

namespace FteAgent.Engine.Tests.Wire;

/// <summary>The product's own contracts: whatever Grains.Abstractions lets cross a call does cross.</summary>
public sealed class ContractTests(ITestOutputHelper output)
{
    private const int Rounds = 20;

    private static readonly Assembly Contracts = typeof(IConversationGrain).Assembly;

    public static TheoryData<Type> Types() => [.. Contracts.GetTypes().Where(type => type.IsDefined(typeof(GenerateSerializerAttribute)) && !type.IsAbstract)];

    public static TheoryData<Type> Interfaces() => [.. Contracts.GetTypes().Where(type => type.IsInterface && typeof(IAddressable).IsAssignableFrom(type))];

    [Theory]
    [MemberData(nameof(Types))]
    public void Any_value_of_a_contract_arrives(Type type)
    {
        var samples = Seeded();
        for (var i = 0; i < Rounds; i++)
        {
            var value = samples.Of(type);
            var bytes = WireCodec.Serialize<object>(value!);
            var arrived = WireCodec.Deserialize<object>(bytes);

            Assert.IsType(type, arrived);
            AssertSame(value, arrived, type.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Interfaces))]
    public void Any_call_of_a_contract_arrives(Type type)
    {
        var samples = Seeded();
        foreach (var method in type.GetMethods())
        {
            var key = WireMethod.KeyOf(AliasOf(type), AliasOf(method));
            Assert.True(WireCatalog.Default.TryCreate(key, out var request), method.Name);
            Assert.Equal(method, request.GetMethod());

            var parameters = method.GetParameters().Where(parameter => parameter.ParameterType != typeof(CancellationToken)).ToList();
            foreach (var parameter in parameters) request.SetArgument(parameter.Position, samples.Of(parameter.ParameterType)!);
            request.AddressRemote(GrainId.Create("g", "k"), source: null, context: null, sink: null);
            var frame = new ArrayBufferWriter<byte>();
            FteAgent.Engine.Wire.WriteRequest(frame, request);
            var arrived = FteAgent.Engine.Wire.ReadRequest(frame.WrittenSpan, references: null!, sink: null);

            foreach (var parameter in parameters)
                AssertSame(request.GetArgument(parameter.Position), arrived.GetArgument(parameter.Position), $"{method.Name} {parameter.Name}");
            if (method.ReturnType.GetGenericArguments() is [var result]) Assert.True(CodecRegistry.Has(result), $"{method.Name} returns {result}");
        }
    }

    private static string AliasOf(MemberInfo member) => member.GetCustomAttribute<AliasAttribute>()!.Alias;

    /// <summary>Member by member: records that hold lists are equal only where they hold the same list.</summary>
    private static void AssertSame(object? expected, object? actual, string where)
    {
        if (expected is null || actual is null || expected is string || expected.GetType().IsPrimitive || expected.GetType().IsEnum)
        {
            Assert.True(Equals(expected, actual), $"{where}: {expected} became {actual}");
            return;
        }

        Assert.IsType(expected.GetType(), actual);
        if (expected is Exception failure)
        {
            Assert.Equal(failure.Message, ((Exception)actual).Message);
        }
        else if (expected is IEnumerable items)
        {
            var (own, other) = (items.Cast<object>().ToList(), ((IEnumerable)actual).Cast<object>().ToList());
            Assert.True(own.Count == other.Count, $"{where}: {own.Count} items became {other.Count}");
            for (var i = 0; i < own.Count; i++) AssertSame(own[i], other[i], $"{where}[{i}]");
        }
        else if (expected.GetType().Assembly == Contracts)
        {
            foreach (var field in expected.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
                AssertSame(field.GetValue(expected), field.GetValue(actual), $"{where}.{field.Name}");
        }
        else
        {
            Assert.True(expected.Equals(actual), $"{where}: {expected} became {actual}");
        }
    }

    private Samples Seeded() => new(new Random(TestSeed.Take(output.WriteLine)));
}
