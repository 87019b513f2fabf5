using System.Diagnostics.CodeAnalysis;
using FteAgent.Engine.CodeGeneration;

namespace FteAgent.Engine;

/// <summary>What a message has told so far: its numbered values and the aliases it has spelled out.</summary>
internal sealed class ReadContext
{
    public const int NoNumber = -1;

    [ThreadStatic]
    private static ReadContext? t_idle;

    private readonly List<Numbered> _values = [];
    private readonly List<Spelled> _aliases = [];
    private int _next;

    /// <summary>The types that aliases stand for.</summary>
    public WireCatalog Catalog { get; private set; } = null!;

    /// <summary>Makes references; null where a message has no business holding any.</summary>
    public GrainReferenceFactory? References { get; private set; }

    public static ReadContext Rent(WireCatalog catalog, GrainReferenceFactory? references)
    {
        var context = t_idle ?? new();
        t_idle = null;
        (context.Catalog, context.References) = (catalog, references);
        return context;
    }

    public void Return()
    {
        (Catalog, References, _next) = (null!, null, 0);
        if (_values.Count > 0) _values.Clear();
        if (_aliases.Count > 0) _aliases.Clear();
        t_idle = this;
    }

    /// <summary>A numbered value begins at this place. The number may be known already, where a value that was stepped over is read after all.</summary>
    public int Begin(int position)
    {
        if (_next == _values.Count) _values.Add(new(null, position, 0, 0));
        return _next++;
    }

    /// <summary>Makes a value known whose members are still to be read.</summary>
    public void Record(int number, object value) => _values[number] = _values[number] with { Value = value };

    /// <summary>The value has been read to its end.</summary>
    public void Complete(int number, object value, int end) => _values[number] = new(value, 0, end, _next);

    /// <summary>Whether a value was read before, out of its order. Then reading goes on behind it.</summary>
    public bool TryStepOver(ref WireReader from, int number, [NotNullWhen(true)] out object? value)
    {
        (value, _, var end, var next) = _values[number];
        if (value is null || end == 0) return false;

        _next = next;
        from.GoTo(end);
        return true;
    }

    /// <summary>Reads a value that a message refers to by its number.</summary>
    public T Resolve<T>(ref WireReader from, ulong number)
    {
        if (number >= (ulong)_values.Count) throw from.Malformed("there is a reference to a value that has not come");

        var known = _values[(int)number];
        if (known.Value is null) return ReadSkipped<T>(ref from, (int)number, known.Position);

        return known.Value is T value
            ? value
            : throw from.Malformed($"there is a reference to a {known.Value.GetType()} where a {typeof(T)} belongs");
    }

    /// <summary>A field that is not known here held the value. It is read where it stands, with the number it has there.</summary>
    private T ReadSkipped<T>(ref WireReader from, int number, int position)
    {
        if (position == Numbered.UnderWay) throw from.Malformed("there is a reference to a value that is not complete");

        _values[number] = new(null, Numbered.UnderWay, 0, 0);
        var (next, back) = (_next, from.GoTo(position));
        if (!IsExact<T>() && !from.TellsType()) throw from.Malformed($"there is a reference to a value in a field that is not known here, and it does not tell its type, which need not be {typeof(T)}");

        _next = number;
        var value = Codecs.ReadItem<T>(ref from, WireKind.Extended);
        _next = next;
        from.GoTo(back);
        return value;
    }

    /// <summary>Whether what is declared as this type can be of no other.</summary>
    private static bool IsExact<T>()
    {
        var type = typeof(T);
        while (type.IsArray) type = type.GetElementType()!;
        return type.IsSealed;
    }

    /// <summary>An alias is spelled out at this place.</summary>
    public int Spell(int position, int length)
    {
        // Places only grow, but for values that were stepped over and are read after all.
        if (_aliases.Count > 0 && _aliases[^1].Position >= position) return _aliases.BinarySearch(new(position, 0, null), Spelled.ByPosition);

        _aliases.Add(new(position, length, null));
        return _aliases.Count - 1;
    }

    public Spelled Alias(ref WireReader from, ulong place) =>
        place < (ulong)_aliases.Count ? _aliases[(int)place] : throw from.Malformed("there is a reference to an alias that has not come");

    public void Resolved(int place, Type type) => _aliases[place] = _aliases[place] with { Type = type };

    /// <summary>A numbered value, or where it begins if nobody has read it; where it ends, and the number that comes next.</summary>
    private readonly record struct Numbered(object? Value, int Position, int End, int Next)
    {
        public const int UnderWay = -1;
    }

    /// <summary>An alias, where it is spelled out, and the type that it turned out to be.</summary>
    internal readonly record struct Spelled(int Position, int Length, Type? Type)
    {
        public static readonly IComparer<Spelled> ByPosition = Comparer<Spelled>.Create(static (one, other) => one.Position.CompareTo(other.Position));
    }
}
