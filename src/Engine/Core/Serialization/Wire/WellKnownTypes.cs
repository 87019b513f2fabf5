using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net;
using System.Numerics;
using System.Text;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>
/// The numbers of the framework's types on the wire. A number is never changed nor given to another type: silos of other
/// versions, and states stored years ago, use them.
/// </summary>
internal static class WellKnownTypes
{
    public const int Array = 1;

    private static readonly FrozenDictionary<int, Type> ByNumber = new Dictionary<int, Type>
    {
        [Array] = typeof(Array),
        [2] = typeof(object),
        [3] = typeof(bool),
        [4] = typeof(byte),
        [5] = typeof(sbyte),
        [6] = typeof(short),
        [7] = typeof(ushort),
        [8] = typeof(int),
        [9] = typeof(uint),
        [10] = typeof(long),
        [11] = typeof(ulong),
        [12] = typeof(nint),
        [13] = typeof(nuint),
        [14] = typeof(char),
        [15] = typeof(float),
        [16] = typeof(double),
        [17] = typeof(decimal),
        [18] = typeof(string),
        [19] = typeof(Guid),
        [20] = typeof(DateTime),
        [21] = typeof(DateTimeOffset),
        [22] = typeof(DateOnly),
        [23] = typeof(TimeOnly),
        [24] = typeof(TimeSpan),
        [25] = typeof(Half),
        [26] = typeof(Int128),
        [27] = typeof(UInt128),
        [28] = typeof(BigInteger),
        [29] = typeof(Complex),
        [30] = typeof(Rune),
        [31] = typeof(Index),
        [32] = typeof(Range),
        [33] = typeof(Uri),
        [34] = typeof(Version),
        [35] = typeof(IPAddress),
        [36] = typeof(IPEndPoint),
        [37] = typeof(Nullable<>),
        [38] = typeof(KeyValuePair<,>),
        [39] = typeof(ValueTuple<>),
        [40] = typeof(ValueTuple<,>),
        [41] = typeof(ValueTuple<,,>),
        [42] = typeof(ValueTuple<,,,>),
        [43] = typeof(ValueTuple<,,,,>),
        [44] = typeof(List<>),
        [45] = typeof(Dictionary<,>),
        [46] = typeof(HashSet<>),
        [47] = typeof(Queue<>),
        [48] = typeof(Stack<>),
        [49] = typeof(ImmutableArray<>),
        [50] = typeof(ImmutableList<>),
        [51] = typeof(ImmutableHashSet<>),
        [52] = typeof(ImmutableDictionary<,>),
        [53] = typeof(ImmutableSortedSet<>),
        [54] = typeof(ImmutableSortedDictionary<,>),
        [55] = typeof(GrainReference),
        [56] = typeof(GrainId),
        [57] = typeof(SiloAddress),
        [58] = typeof(IdSpan),
        [59] = typeof(GrainType),
        [60] = typeof(GrainInterfaceType),
        [61] = typeof(ActivationId),
        [62] = typeof(GrainAddress),
        [63] = typeof(CancellationToken),

        // Without values of their own, but arguments of others: a list may be one of read-only lists.
        [80] = typeof(IEnumerable<>),
        [81] = typeof(ICollection<>),
        [82] = typeof(IReadOnlyCollection<>),
        [83] = typeof(IList<>),
        [84] = typeof(IReadOnlyList<>),
        [85] = typeof(ISet<>),
        [86] = typeof(IReadOnlySet<>),
        [87] = typeof(IDictionary<,>),
        [88] = typeof(IReadOnlyDictionary<,>),
        [89] = typeof(IImmutableList<>),
        [90] = typeof(IImmutableSet<>),
        [91] = typeof(IImmutableDictionary<,>),

        [128] = typeof(Exception),
        [129] = typeof(SystemException),
        [130] = typeof(ApplicationException),
        [131] = typeof(ArgumentException),
        [132] = typeof(ArgumentNullException),
        [133] = typeof(ArgumentOutOfRangeException),
        [134] = typeof(ArithmeticException),
        [135] = typeof(DivideByZeroException),
        [136] = typeof(OverflowException),
        [137] = typeof(FormatException),
        [138] = typeof(IndexOutOfRangeException),
        [139] = typeof(InvalidCastException),
        [140] = typeof(InvalidOperationException),
        [141] = typeof(ObjectDisposedException),
        [142] = typeof(KeyNotFoundException),
        [143] = typeof(NotImplementedException),
        [144] = typeof(NotSupportedException),
        [145] = typeof(NullReferenceException),
        [146] = typeof(OperationCanceledException),
        [147] = typeof(TaskCanceledException),
        [148] = typeof(TimeoutException),
        [149] = typeof(UnauthorizedAccessException),
        [150] = typeof(IOException),
        [151] = typeof(EndOfStreamException),
        [152] = typeof(InvalidDataException),
        [153] = typeof(AggregateException),
        [154] = typeof(ArrayTypeMismatchException),
        [155] = typeof(RankException),
        [156] = typeof(OutOfMemoryException),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<Type, int> ByType = ByNumber.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>The first of the exceptions.</summary>
    public const int FirstException = 128;

    public static IEnumerable<(int Number, Type Type)> All => ByNumber.Select(static pair => (pair.Key, pair.Value));

    public static Type? Of(int number) => ByNumber.GetValueOrDefault(number);

    public static int? NumberOf(Type type) => type != typeof(Array) && ByType.TryGetValue(type, out var number) ? number : null;
}
