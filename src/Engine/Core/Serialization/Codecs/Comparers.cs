using FteAgent.Engine.CodeGeneration;
using Orleans.Serialization;

namespace FteAgent.Engine;

/// <summary>
/// The comparers that a set or map may take along. Others stay behind with an error: a map that compares otherwise on the
/// other side would be another map.
/// </summary>
internal static class Comparers
{
    public const byte Default = 0;
    private const byte Ordinal = 1;
    private const byte OrdinalIgnoreCase = 2;
    private const byte Invariant = 3;
    private const byte InvariantIgnoreCase = 4;

    public static byte Number<T>(IEqualityComparer<T> comparer) =>
        ReferenceEquals(comparer, EqualityComparer<T>.Default) ? Default : OfStrings(comparer);

    public static byte Number<T>(IComparer<T> comparer) => ReferenceEquals(comparer, Comparer<T>.Default) ? Default : OfStrings(comparer);

    public static IEqualityComparer<T>? Equality<T>(ref WireReader from, byte number) => number == Default ? null : OfNumber(ref from, number) as IEqualityComparer<T> ?? throw Strange(ref from);

    public static IComparer<T>? Order<T>(ref WireReader from, byte number) => number == Default ? null : OfNumber(ref from, number) as IComparer<T> ?? throw Strange(ref from);

    public static void RequireDefault<T>(IEqualityComparer<T> comparer)
    {
        if (!ReferenceEquals(comparer, EqualityComparer<T>.Default)) throw Unknown(comparer);
    }

    private static byte OfStrings(object comparer)
    {
        if (ReferenceEquals(comparer, StringComparer.Ordinal)) return Ordinal;
        if (ReferenceEquals(comparer, StringComparer.OrdinalIgnoreCase)) return OrdinalIgnoreCase;
        if (ReferenceEquals(comparer, StringComparer.InvariantCulture)) return Invariant;
        if (ReferenceEquals(comparer, StringComparer.InvariantCultureIgnoreCase)) return InvariantIgnoreCase;

        throw Unknown(comparer);
    }

    private static CodecNotFoundException Unknown(object comparer) => new(
        $"A set or map with the comparer {comparer.GetType()} cannot be written: only the default and those of StringComparer can be.");

    private static StringComparer? OfNumber(ref WireReader from, byte number) => number switch
    {
        Ordinal => StringComparer.Ordinal,
        OrdinalIgnoreCase => StringComparer.OrdinalIgnoreCase,
        Invariant => StringComparer.InvariantCulture,
        InvariantIgnoreCase => StringComparer.InvariantCultureIgnoreCase,
        _ => throw Strange(ref from),
    };

    private static SerializerException Strange(ref WireReader from) => from.Malformed("there is a comparer that is not known for these keys");
}
