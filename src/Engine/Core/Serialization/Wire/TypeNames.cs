using System.Collections.Concurrent;
using System.Text;
using FteAgent.Engine.CodeGeneration;
using Orleans.Serialization;

namespace FteAgent.Engine;

/// <summary>How a type is called on the wire: a number of the engine's own list, or an alias, and the names of its arguments.</summary>
internal sealed record TypeName(int Number, byte[]? Alias, TypeName[] Arguments);

/// <summary>The name of a type, found once.</summary>
internal static class TypeNameOf<T>
{
    private static readonly TypeName? Found = TypeNames.Find(typeof(T));

    public static TypeName Required => Found ?? throw TypeNames.NotFound(typeof(T));
}

/// <summary>
/// Writes and reads names of types. No name of a CLR type is ever on the wire, nor is a type looked up by one: only what
/// this silo has an alias or a number for can be made.
/// </summary>
internal static class TypeNames
{
    private const int SpelledOut = 0;
    private const int FirstAlias = 256;
    private const int ArityBits = 3;
    private const int MaxArity = (1 << ArityBits) - 1;

    private static readonly ConcurrentDictionary<string, byte[]> Aliases = new();
    private static readonly ConcurrentDictionary<Type, bool> Constructed = new();

    public static TypeName? Find(Type type)
    {
        if (type.IsSZArray) return Find(type.GetElementType()!) is { } element ? new(WellKnownTypes.Array, null, [element]) : null;

        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        var arguments = type.IsGenericType ? Array.ConvertAll(type.GetGenericArguments(), Find) : [];
        if (Array.IndexOf(arguments, null) >= 0 || arguments.Length > MaxArity) return null;

        if (WellKnownTypes.NumberOf(definition) is { } number) return new(number, null, arguments!);
        if (Manifests.Of(type.Assembly) is not { } manifest) return null;

        var alias = manifest.Aliases.GetValueOrDefault(definition) ?? manifest.Interfaces.Find(known => known.Type == definition)?.Name.ToString();
        return alias is null ? null : new(SpelledOut, Aliases.GetOrAdd(alias, Encoding.UTF8.GetBytes), arguments!);
    }

    public static CodecNotFoundException NotFound(Type type) => new(
        $"{type} has no name on the wire: a value that is passed as a base type, an interface or an object needs an [Alias] on its type and on the types in it.");

    public static void Write(ref WireWriter to, TypeName name)
    {
        var place = name.Alias is { } alias ? to.Context.Alias(alias) : -1;
        var number = place >= 0 ? FirstAlias + place : name.Number;
        to.WriteVarint(((ulong)number << ArityBits) | (uint)name.Arguments.Length);
        if (number == SpelledOut) to.WriteBytes(name.Alias);
        foreach (var argument in name.Arguments) Write(ref to, argument);
    }

    public static Type Read(ref WireReader from) => Read(ref from, depth: 0);

    public static void Skip(ref WireReader from) => Skip(ref from, depth: 0);

    private static Type Read(ref WireReader from, int depth)
    {
        var (number, arity) = ReadHead(ref from, depth);
        var type = number switch
        {
            SpelledOut => Resolve(ref from, Spell(ref from)),
            >= FirstAlias => Resolve(ref from, number - FirstAlias),
            _ => WellKnownTypes.Of(number) ?? throw from.Malformed("a type has a number that is not known here"),
        };
        var expected = number == WellKnownTypes.Array ? 1 : type.IsGenericTypeDefinition ? type.GetGenericArguments().Length : 0;
        if (arity != expected) throw from.Malformed($"{type} has {expected} arguments, not {arity}");
        if (arity == 0) return type;

        var arguments = new Type[arity];
        for (var i = 0; i < arity; i++) arguments[i] = Read(ref from, depth + 1);
        var constructed = number == WellKnownTypes.Array ? arguments[0].MakeArrayType() : type.MakeGenericType(arguments);
        if (!Constructed.ContainsKey(constructed))
        {
            if (Constructed.Count >= WireLimits.ConstructedTypes) throw from.Malformed("it needs one type too many");
            Constructed.TryAdd(constructed, true);
        }

        return constructed;
    }

    private static void Skip(ref WireReader from, int depth)
    {
        var (number, arity) = ReadHead(ref from, depth);
        if (number == SpelledOut) Spell(ref from);
        for (var i = 0; i < arity; i++) Skip(ref from, depth + 1);
    }

    private static (int Number, int Arity) ReadHead(ref WireReader from, int depth)
    {
        if (depth > WireLimits.TypeDepth) throw from.Malformed("a type is nested too deep");

        var head = from.ReadVarint();
        return head <= int.MaxValue ? ((int)head >> ArityBits, (int)head & MaxArity) : throw from.Malformed("a type has no such number");
    }

    private static int Spell(ref WireReader from)
    {
        var length = from.ReadBytes().Length;
        return length <= WireLimits.AliasLength ? from.Context.Spell(from.Position - length, length) : throw from.Malformed("an alias is too long");
    }

    private static Type Resolve(ref WireReader from, int place)
    {
        var spelled = from.Context.Alias(ref from, (uint)place);
        if (spelled.Type is { } known) return known;

        var back = from.GoTo(spelled.Position);
        var alias = from.Take(spelled.Length);
        from.GoTo(back);
        var type = from.Context.Catalog.Type(alias) ?? throw new SerializerException(
            $"This silo knows no type with the alias '{Encoding.UTF8.GetString(alias)}'. The silo that sent it probably runs a newer version.");
        from.Context.Resolved(place, type);
        return type;
    }
}
