using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text;
using FteAgent.Engine.CodeGeneration;
using Orleans.Serialization;

namespace FteAgent.Engine;

/// <summary>
/// The types, interfaces and methods that this process knows by their aliases. What arrives may name these and nothing else.
/// </summary>
internal sealed class WireCatalog
{
    private static int s_loaded = 1;

    private readonly Lock _gate = new();
    private readonly HashSet<Assembly> _read = [];
    private readonly bool _isOpen;
    private volatile Contents _contents = new();
    private int _seen;

    static WireCatalog() => AppDomain.CurrentDomain.AssemblyLoad += static (_, _) => Interlocked.Increment(ref s_loaded);

    private WireCatalog(bool isOpen) => _isOpen = isOpen;

    /// <summary>A catalog of these assemblies only.</summary>
    public WireCatalog(params IEnumerable<Assembly> assemblies)
    {
        foreach (var assembly in assemblies) Read(assembly, _contents);
    }

    /// <summary>What is in all assemblies of the process.</summary>
    public static WireCatalog Default { get; } = new(isOpen: true);

    /// <summary>The type that an alias stands for.</summary>
    /// <exception cref="SerializerException">It stands for two.</exception>
    public Type? Type(ReadOnlySpan<byte> alias)
    {
        if (!TryFind(alias, out var type)) return null;

        return _contents.Ambiguous.TryGetValue(type, out var other)
            ? throw new SerializerException($"The alias '{Encoding.UTF8.GetString(alias)}' stands for two types: {type} and {other}.")
            : type;
    }

    /// <summary>A request to be filled with what arrived.</summary>
    public bool TryCreate(ulong method, [NotNullWhen(true)] out GrainRequest? request)
    {
        request = _contents.Methods.TryGetValue(method, out var known) || (Refresh() && _contents.Methods.TryGetValue(method, out known)) ? known.Create() : null;
        return request is not null;
    }

    private bool TryFind(ReadOnlySpan<byte> alias, [NotNullWhen(true)] out Type? type) =>
        _contents.TypesByBytes.TryGetValue(alias, out type) || (Refresh() && _contents.TypesByBytes.TryGetValue(alias, out type));

    /// <summary>Looks at assemblies that have been loaded since it last did. Costs nothing when there are none, however often a stranger asks.</summary>
    private bool Refresh()
    {
        if (!_isOpen || _seen == Volatile.Read(ref s_loaded)) return false;

        lock (_gate)
        {
            var loaded = Volatile.Read(ref s_loaded);
            var contents = new Contents(_contents);
            foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies()) Read(assembly, contents);
            if (Assembly.GetEntryAssembly() is { } entry) Read(entry, contents);
            _contents = contents;
            _seen = loaded;
        }

        return true;
    }

    private void Read(Assembly assembly, Contents contents)
    {
        if (assembly.IsDynamic || !_read.Add(assembly)) return;

        if (_isOpen)
            foreach (var part in assembly.GetCustomAttributes<Orleans.ApplicationPartAttribute>())
                Read(Assembly.Load(new AssemblyName(part.AssemblyName)), contents);

        if (Manifests.Of(assembly) is not { } manifest) return;

        foreach (var (type, alias) in manifest.Aliases) contents.Add(alias, type);
        foreach (var known in manifest.Interfaces) contents.Add(known.Name.ToString(), known.Type);
        foreach (var method in manifest.Methods) contents.Add(method);
    }

    /// <summary>Never changed once it is published.</summary>
    private sealed class Contents
    {
        public Contents()
        {
            Types = new(Utf8.Comparer);
            TypesByBytes = Types.GetAlternateLookup<ReadOnlySpan<byte>>();
            (Ambiguous, Methods) = ([], []);
        }

        public Contents(Contents before)
        {
            Types = new(before.Types, Utf8.Comparer);
            TypesByBytes = Types.GetAlternateLookup<ReadOnlySpan<byte>>();
            (Ambiguous, Methods) = (new(before.Ambiguous), new(before.Methods));
        }

        public Dictionary<byte[], Type> Types { get; }

        public Dictionary<byte[], Type>.AlternateLookup<ReadOnlySpan<byte>> TypesByBytes { get; }

        /// <summary>Types whose alias another type has too. That is told when it matters, so that one mistake does not stop everything.</summary>
        public Dictionary<Type, Type> Ambiguous { get; }

        public Dictionary<ulong, WireMethod> Methods { get; }

        public void Add(string alias, Type type)
        {
            var name = Encoding.UTF8.GetBytes(alias);
            if (!Types.TryAdd(name, type) && Types[name] != type) Ambiguous[Types[name]] = type;
        }

        public void Add(WireMethod method)
        {
            var key = WireMethod.KeyOf(method.InterfaceAlias, method.MethodAlias);
            // An inherited method is described once for each interface that has it.
            if (Methods.TryAdd(key, method)) return;

            var other = Methods[key];
            if ((other.InterfaceAlias, other.MethodAlias) != (method.InterfaceAlias, method.MethodAlias))
            {
                throw new InvalidOperationException(
                    $"{method.InterfaceAlias}.{method.MethodAlias} and {other.InterfaceAlias}.{other.MethodAlias} have one key on the wire. Give one of them another alias.");
            }
        }
    }

    /// <summary>Compares UTF-8, so that nothing need be decoded to be found.</summary>
    private sealed class Utf8 : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly Utf8 Comparer = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] value) => GetHashCode(value.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate) => (int)StableHash.Compute(alternate);

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
