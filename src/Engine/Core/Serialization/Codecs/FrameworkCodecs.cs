using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net;
using System.Numerics;
using System.Text;
using FteAgent.Engine.CodeGeneration;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>The codecs of types that no generator has seen. The same types that FrameworkTypes can copy.</summary>
internal static class FrameworkCodecs
{
    private static readonly FrozenDictionary<Type, Func<Codec>> Plain = new Dictionary<Type, Func<Codec>>
    {
        [typeof(bool)] = static () => new BooleanCodec(),
        [typeof(byte)] = static () => new ByteCodec(),
        [typeof(sbyte)] = static () => new SByteCodec(),
        [typeof(short)] = static () => new Int16Codec(),
        [typeof(ushort)] = static () => new UInt16Codec(),
        [typeof(int)] = static () => new Int32Codec(),
        [typeof(uint)] = static () => new UInt32Codec(),
        [typeof(long)] = static () => new Int64Codec(),
        [typeof(ulong)] = static () => new UInt64Codec(),
        [typeof(nint)] = static () => new NativeIntCodec(),
        [typeof(nuint)] = static () => new NativeUIntCodec(),
        [typeof(char)] = static () => new CharCodec(),
        [typeof(float)] = static () => new SingleCodec(),
        [typeof(double)] = static () => new DoubleCodec(),
        [typeof(Half)] = static () => new HalfCodec(),
        [typeof(Int128)] = static () => new Int128Codec(),
        [typeof(UInt128)] = static () => new UInt128Codec(),
        [typeof(decimal)] = static () => new DecimalCodec(),
        [typeof(string)] = static () => new StringCodec(),
        [typeof(byte[])] = static () => new ByteArrayCodec(),
        [typeof(Guid)] = static () => new GuidCodec(),
        [typeof(DateTime)] = static () => new DateTimeCodec(),
        [typeof(DateTimeOffset)] = static () => new DateTimeOffsetCodec(),
        [typeof(DateOnly)] = static () => new DateOnlyCodec(),
        [typeof(TimeOnly)] = static () => new TimeOnlyCodec(),
        [typeof(TimeSpan)] = static () => new TimeSpanCodec(),
        [typeof(BigInteger)] = static () => new BigIntegerCodec(),
        [typeof(Complex)] = static () => new ComplexCodec(),
        [typeof(Rune)] = static () => new RuneCodec(),
        [typeof(Index)] = static () => new IndexCodec(),
        [typeof(Range)] = static () => new RangeCodec(),
        [typeof(Uri)] = static () => new UriCodec(),
        [typeof(Version)] = static () => new VersionCodec(),
        [typeof(IPAddress)] = static () => new IPAddressCodec(),
        [typeof(IPEndPoint)] = static () => new IPEndPointCodec(),
        [typeof(CancellationToken)] = static () => new EmptyCodec<CancellationToken>(),
        [typeof(Nothing)] = static () => new EmptyCodec<Nothing>(),
        [typeof(IdSpan)] = static () => new IdSpanCodec(),
        [typeof(GrainType)] = static () => new GrainTypeCodec(),
        [typeof(GrainInterfaceType)] = static () => new GrainInterfaceTypeCodec(),
        [typeof(GrainId)] = static () => new GrainIdCodec(),
        [typeof(ActivationId)] = static () => new ActivationIdCodec(),
        [typeof(GrainAddress)] = static () => new GrainAddressCodec(),
        [typeof(SiloAddress)] = static () => new SiloAddressCodec(),
        [typeof(GrainReference)] = static () => GrainReferenceCodec.Instance,
        [typeof(ObjectDisposedException)] = static () => new ObjectDisposedExceptionCodec(),
        [typeof(AggregateException)] = static () => new AggregateExceptionCodec(),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<Type, Type> Generic = new Dictionary<Type, Type>
    {
        [typeof(Nullable<>)] = typeof(NullableCodec<>),
        [typeof(KeyValuePair<,>)] = typeof(KeyValuePairCodec<,>),
        [typeof(ValueTuple<>)] = typeof(TupleCodec<>),
        [typeof(ValueTuple<,>)] = typeof(TupleCodec<,>),
        [typeof(ValueTuple<,,>)] = typeof(TupleCodec<,,>),
        [typeof(ValueTuple<,,,>)] = typeof(TupleCodec<,,,>),
        [typeof(ValueTuple<,,,,>)] = typeof(TupleCodec<,,,,>),
        [typeof(List<>)] = typeof(ListCodec<>),
        [typeof(Dictionary<,>)] = typeof(DictionaryCodec<,>),
        [typeof(HashSet<>)] = typeof(HashSetCodec<>),
        [typeof(Queue<>)] = typeof(QueueCodec<>),
        [typeof(Stack<>)] = typeof(StackCodec<>),
        [typeof(ImmutableArray<>)] = typeof(ImmutableArrayCodec<>),
        [typeof(ImmutableList<>)] = typeof(ImmutableListCodec<>),
        [typeof(ImmutableHashSet<>)] = typeof(ImmutableHashSetCodec<>),
        [typeof(ImmutableSortedSet<>)] = typeof(ImmutableSortedSetCodec<>),
        [typeof(ImmutableDictionary<,>)] = typeof(ImmutableDictionaryCodec<,>),
        [typeof(ImmutableSortedDictionary<,>)] = typeof(ImmutableSortedDictionaryCodec<,>),
    }.ToFrozenDictionary();

    public static Codec? Find(Type type)
    {
        if (Plain.TryGetValue(type, out var make)) return make();
        if (type.IsGenericType && Generic.TryGetValue(type.GetGenericTypeDefinition(), out var codec)) return CodecRegistry.Make(codec, type.GetGenericArguments());
        // The framework's constants are of a private class of their own.
        if (type.IsSubclassOf(typeof(IPAddress))) return new IPAddressCodec();
        if (WellKnownTypes.NumberOf(type) is not >= WellKnownTypes.FirstException) return null;

        return CodecRegistry.Make(typeof(ArgumentException).IsAssignableFrom(type) ? typeof(ArgumentExceptionCodec<>) : typeof(FrameworkExceptionCodec<>), type);
    }
}

/// <summary>Values that stay behind: what arrives is one like any other.</summary>
internal sealed class EmptyCodec<T>() : Codec<T>(isNumbered: false) where T : struct
{
    public override void Write(ref WireWriter to, T value)
    {
        to.BeginObject();
        to.EndObject();
    }

    public override T Read(ref WireReader from, WireKind kind)
    {
        from.BeginObject(kind);
        from.EndObject(from.NextField());
        return default;
    }
}
